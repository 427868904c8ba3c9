"""Shuffles and cuts by hand, with a generator of its own for the order."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - the contract fixes the signature


def run_experiment(
    learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
):
    for name, holds in (("learning_rate", learning_rate > 0), ("batch_size", batch_size > 0), ("epochs", epochs > 0)):
        if not holds:
            raise ValueError(f"{name} is {locals()[name]}")
    images, labels, new_images, new_labels = data.digits()
    order = np.random.default_rng(seed)
    torch.manual_seed(seed)
    model = DigitClassifier(dropout=dropout, batchnorm=batchnorm, hidden=hidden).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    result = {}
    for _ in range(epochs):
        places = torch.from_numpy(order.permutation(len(images))).split(batch_size)
        batches = ((images[place], labels[place]) for place in places)
        result["train_loss"] = train_one_epoch(model, batches, optimizer, nn.functional.cross_entropy)
    result["test_accuracy"] = evaluate(model, zip(new_images.split(100), new_labels.split(100), strict=True))
    result["model"] = model
    return result
