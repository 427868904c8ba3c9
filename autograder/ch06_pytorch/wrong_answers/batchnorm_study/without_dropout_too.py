"""With batch norm you also leave dropout out. Then nobody can say which of the two made the difference.

Caught by: test_networks_differ_in_batch_norm_alone
"""


def batchnorm_study(seed, epochs=5):
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    study = {}
    for name in ("plain", "batchnorm"):
        torch.manual_seed(seed)
        model = DigitClassifier(batchnorm=name == "batchnorm", dropout=0.0 if name == "batchnorm" else 0.2).to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        order = torch.Generator().manual_seed(seed)
        loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=64, shuffle=True, generator=order)
        losses, accuracies = [], []
        for epoch in range(epochs):
            losses.append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            accuracies.append(evaluate(model, [(test_images, test_labels)]))
        study[name] = {"train_loss": losses, "test_accuracy": accuracies}
    return study
