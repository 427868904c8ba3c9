"""A helper trains one network; the order comes from a list of permutations that both share."""


def one_run(orders, seed, digits, *, batchnorm):
    images, labels, new_images, new_labels = digits
    torch.manual_seed(seed)
    model = DigitClassifier(batchnorm=batchnorm).to(device)
    adam = torch.optim.Adam(model.parameters())
    curves = {"train_loss": [], "test_accuracy": []}
    for order in orders:
        batches = [(images[places], labels[places]) for places in order.split(64)]
        curves["train_loss"].append(train_one_epoch(model, batches, adam, nn.CrossEntropyLoss()))
        curves["test_accuracy"].append(evaluate(model, zip(new_images.split(250), new_labels.split(250), strict=True)))
    return curves


def batchnorm_study(seed, epochs=5):
    if not epochs >= 1:
        raise ValueError(f"epochs: {epochs}")
    digits = data.digits()
    generator = np.random.default_rng(seed)
    orders = [torch.from_numpy(generator.permutation(len(digits[0]))) for _ in range(epochs)]
    return {
        "plain": one_run(orders, seed, digits, batchnorm=False),
        "batchnorm": one_run(orders, seed, digits, batchnorm=True),
    }
