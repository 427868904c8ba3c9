"""Trains both networks side by side, epoch by epoch, each with a loader of its own."""


def batchnorm_study(seed, epochs=5):
    if epochs <= 0:
        raise ValueError(f"epochs must be positive, not {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    torch.manual_seed(seed + 1)
    models = {"plain": DigitClassifier().to(device), "batchnorm": DigitClassifier(batchnorm=True).to(device)}
    study = {name: {"train_loss": [], "test_accuracy": []} for name in models}
    steps = {name: torch.optim.Adam(model.parameters(), 0.001) for name, model in models.items()}
    pairs = TensorDataset(train_images, train_labels)
    loaders = {
        name: DataLoader(pairs, 64, shuffle=True, generator=torch.Generator().manual_seed(seed)) for name in models
    }
    for _ in range(epochs):
        for name, model in models.items():
            loss = train_one_epoch(model, loaders[name], steps[name], nn.CrossEntropyLoss())
            study[name]["train_loss"].append(loss)
            study[name]["test_accuracy"].append(evaluate(model, [(test_images, test_labels)]))
    return study
