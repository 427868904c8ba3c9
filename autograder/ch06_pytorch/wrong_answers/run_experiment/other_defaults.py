"""Your defaults are not those of the contract. They belong in the first lines: five epochs, batches of 64, Adam at
0.001.

Caught by: test_defaults_are_those_of_the_contract
"""


def run_experiment(
    learning_rate=1e-2, batch_size=64, epochs=10, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
):
    if not learning_rate > 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    if epochs < 1:
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
