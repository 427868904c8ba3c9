"""The order is seeded and the starting weights are not: the same call gives other numbers each time.
`torch.manual_seed(seed)` before the network is made.

Caught by: test_same_seed_same_curves
"""


def batchnorm_study(seed, epochs=5):
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    study = {}
    for name in ("plain", "batchnorm"):
        model = DigitClassifier(batchnorm=name == "batchnorm").to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        order = torch.Generator().manual_seed(seed)
        loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=64, shuffle=True, generator=order)
        losses, accuracies = [], []
        for epoch in range(epochs):
            losses.append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            accuracies.append(evaluate(model, [(test_images, test_labels)]))
        study[name] = {"train_loss": losses, "test_accuracy": accuracies}
    return study
