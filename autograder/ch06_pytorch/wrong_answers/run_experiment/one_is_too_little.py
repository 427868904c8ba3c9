"""You refuse one epoch, or batches of one picture. Both are small, but fair.

Caught by: test_network_is_the_one_that_was_asked_for, test_one_epoch_and_single_pictures
"""


def run_experiment(
    learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
):
    if not learning_rate > 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    if batch_size <= 1:
        raise ValueError(f"batch_size is {batch_size}")
    if epochs <= 1:
        raise ValueError(f"epochs is {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    torch.manual_seed(seed)
    model = DigitClassifier(hidden, dropout, batchnorm).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    train_set = TensorDataset(train_images, train_labels)
    loader = DataLoader(train_set, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(TensorDataset(test_images, test_labels), batch_size=500)
    for epoch in range(epochs):
        train_loss = train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss())
    return {"train_loss": train_loss, "test_accuracy": evaluate(model, test_loader), "model": model}
