"""One network that is copied before the race; shuffled by torch's own generator; measured in several portions."""


def _measure(network, images, labels):
    network.eval()
    logits = torch.cat([network(part).detach() for part in images.split(250)])
    right = int((logits.max(dim=1).indices == labels).sum())
    return float(nn.CrossEntropyLoss()(logits, labels)), right / len(labels)


def train_network(network, optimizer, epochs, seed):
    """Train and measure."""
    if epochs < 0:
        raise ValueError(f"epochs: {epochs}")
    parts = [part.to(choose_device()) for part in data.digits()]
    seen, unseen = (parts[0][:1000].view(1000, -1), parts[1][:1000]), (parts[2].view(1000, -1), parts[3])
    generator = torch.Generator().manual_seed(seed)
    rows = []
    for _ in range(epochs):
        network.train()
        for chosen in torch.randperm(1000, generator=generator).split(64):
            loss = nn.CrossEntropyLoss()(network(seen[0][chosen]), seen[1][chosen])
            network.zero_grad()
            loss.backward()
            optimizer.step()
        rows.append([*_measure(network, *seen), *_measure(network, *unseen)])
    names = ("train_loss", "train_accuracy", "val_loss", "val_accuracy")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def compare_optimizers(seed, epochs=5):
    """Race copies of one network."""
    torch.manual_seed(seed)
    first = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).to(choose_device())
    second = copy.deepcopy(first)
    adam = torch.optim.Adam(first.parameters(), lr=1e-3)
    sgd = torch.optim.SGD(second.parameters(), lr=1e-2, momentum=0.9)
    return {"sgd": train_network(second, sgd, epochs, seed), "adam": train_network(first, adam, epochs, seed)}
