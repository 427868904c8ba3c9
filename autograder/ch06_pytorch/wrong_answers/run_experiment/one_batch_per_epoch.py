"""You train on a single batch in each epoch. An epoch goes through all of them.

Caught by: test_every_epoch_shows_all_training_pictures, test_results_are_those_of_the_end,
test_network_is_the_one_that_was_asked_for, test_defaults_are_those_of_the_contract, test_same_seed_same_numbers,
test_reads_digits_that_are_moved, test_one_epoch_and_single_pictures
"""


def run_experiment(
    learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
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
        train_loss = train_one_epoch(model, [next(iter(loader))], optimizer, nn.CrossEntropyLoss())
    return {"train_loss": train_loss, "test_accuracy": evaluate(model, test_loader), "model": model}
