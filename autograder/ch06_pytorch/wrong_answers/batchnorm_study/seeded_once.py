"""You seed once, before both trainings, so the second network sees other batches than the first. Then you compare two
things at a time. Begin each training from the same seed.

Caught by: test_both_networks_see_the_same_batches
"""


def batchnorm_study(seed, epochs=5):
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    study = {}
    torch.manual_seed(seed)
    for name in ("plain", "batchnorm"):
        model = DigitClassifier(batchnorm=name == "batchnorm").to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=64, shuffle=True)
        losses, accuracies = [], []
        for epoch in range(epochs):
            losses.append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            accuracies.append(evaluate(model, [(test_images, test_labels)]))
        study[name] = {"train_loss": losses, "test_accuracy": accuracies}
    return study
