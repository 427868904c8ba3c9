"""The argument `epochs` has no effect: you always train for five.

Caught by: test_curves_are_measured_epoch_by_epoch
"""


def batchnorm_study(seed, epochs=5):
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    study = {}
    for name in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        model = DigitClassifier(batchnorm=name == "batchnorm").to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        order = torch.Generator().manual_seed(seed)
        loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=64, shuffle=True, generator=order)
        losses, accuracies = [], []
        for epoch in range(5):
            losses.append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            accuracies.append(evaluate(model, [(test_images, test_labels)]))
        study[name] = {"train_loss": losses, "test_accuracy": accuracies}
    return study
