"""You turn the logits into probabilities before the cross-entropy, which does that itself. With softmax twice the
gradients become small and wrong. Hand over the logits.

Caught by: test_steps_follow_the_gradient_of_the_batch
"""


def train_network(network, optimizer, epochs, seed):
    if epochs < 0:
        raise ValueError(f"epochs is {epochs}")
    device = choose_device()
    X, y, X_val, y_val = (part.to(device) for part in data.digits())
    X, y, X_val = X[:1000].reshape(1000, 784), y[:1000], X_val.reshape(-1, 784)
    rng = np.random.default_rng(seed)
    history = {"train_loss": [], "val_loss": [], "train_accuracy": [], "val_accuracy": []}
    for epoch in range(epochs):
        network.train()
        for images, labels in minibatches(X, y, 64, rng):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(network(images).softmax(1), labels)
            loss.backward()
            optimizer.step()
        network.eval()
        with torch.no_grad():
            for name, images, labels in (("train", X, y), ("val", X_val, y_val)):
                logits = network(images)
                history[name + "_loss"].append(nn.functional.cross_entropy(logits, labels).item())
                history[name + "_accuracy"].append((logits.argmax(1) == labels).double().mean().item())
    return history


def compare_optimizers(seed, epochs=5):
    histories = {}
    for name in ["adam", "sgd"]:
        torch.manual_seed(seed)
        network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).to(choose_device())
        if name == "adam":
            optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        else:
            optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
        histories[name] = train_network(network, optimizer, epochs, seed)
    return histories
