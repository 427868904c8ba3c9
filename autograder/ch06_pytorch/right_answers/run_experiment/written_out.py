"""Trains and measures in loops of its own, and names its seeds one by one."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - the contract fixes the signature


def run_experiment(
    learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
):
    if not (learning_rate > 0):
        raise ValueError("learning_rate must be positive, not " + str(learning_rate))
    if batch_size <= 0:
        raise ValueError("batch_size must be positive, not " + str(batch_size))
    if epochs <= 0:
        raise ValueError("epochs must be positive, not " + str(epochs))
    train_images, train_labels, test_images, test_labels = (part.to(device) for part in data.digits())
    torch.manual_seed(2 * seed)
    model = DigitClassifier(hidden=hidden, dropout=dropout, batchnorm=batchnorm).to(device)
    adam = torch.optim.Adam(model.parameters(), learning_rate)
    torch.manual_seed(2 * seed + 1)
    order = torch.Generator().manual_seed(seed)
    pairs = DataLoader(TensorDataset(train_images, train_labels), batch_size, shuffle=True, generator=order)
    model.train()
    for _ in range(epochs):
        losses = []
        for x, y in pairs:
            loss = nn.functional.cross_entropy(model(x), y)
            adam.zero_grad()
            loss.backward()
            adam.step()
            losses.extend([loss.item()] * len(x))
    model.eval()
    with torch.no_grad():
        hits = model(test_images).argmax(dim=1) == test_labels
    return {"train_loss": sum(losses) / len(losses), "test_accuracy": hits.double().mean().item(), "model": model}
