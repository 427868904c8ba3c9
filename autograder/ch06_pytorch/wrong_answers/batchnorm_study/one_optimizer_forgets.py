"""You raise the learning rate from epoch to epoch, with a new Adam each time, which forgets what it has collected. The
settings are those of `run_experiment`: one Adam at 0.001 for all epochs.

Caught by: test_settings_are_the_same_for_both
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
        for epoch in range(epochs):
            optimizer = torch.optim.Adam(model.parameters(), lr=1e-3 * (1 + epoch))
            losses.append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            accuracies.append(evaluate(model, [(test_images, test_labels)]))
        study[name] = {"train_loss": losses, "test_accuracy": accuracies}
    return study
