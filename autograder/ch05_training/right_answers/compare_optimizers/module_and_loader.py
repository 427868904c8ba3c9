"""A module of its own, PyTorch's DataLoader, weights handed over as a state_dict."""

from torch.utils.data import DataLoader, TensorDataset


class _Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(784, 128), nn.Linear(128, 10)

    def forward(self, x):
        return self.out(self.hidden(x).relu())


def train_network(network, optimizer, epochs, seed):
    """Train with a loader."""
    if not epochs >= 0:
        raise ValueError(f"epochs must be at least 0, not {epochs}")
    device = choose_device()
    images, labels, unseen, answers = (part.to(device) for part in data.digits())
    train_set = TensorDataset(torch.flatten(images[:1000], start_dim=1), labels[:1000])
    generator = torch.Generator()
    generator.manual_seed(seed)
    loader = DataLoader(train_set, batch_size=64, shuffle=True, generator=generator)
    criterion = nn.CrossEntropyLoss()
    history = {f"{part}_{what}": [] for part in ("train", "val") for what in ("loss", "accuracy")}
    for _ in range(epochs):
        for X, y in loader:
            network.train()
            optimizer.zero_grad()
            criterion(network(X), y).backward()
            optimizer.step()
        for part, X, y in (("train", *train_set.tensors), ("val", unseen.flatten(1), answers)):
            with torch.inference_mode():
                logits = network.eval()(X)
            history[f"{part}_loss"].append(float(criterion(logits, y)))
            history[f"{part}_accuracy"].append(float((logits.argmax(dim=-1) == y).sum()) / len(y))
    return history


def compare_optimizers(seed, epochs=5):
    """Hand the same weights to both."""
    torch.manual_seed(seed)
    weights = {name: value.clone() for name, value in _Classifier().state_dict().items()}
    settings = {"adam": (torch.optim.Adam, {"lr": 0.001}), "sgd": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9})}
    histories = {}
    for name, (kind, options) in settings.items():
        network = _Classifier()
        network.load_state_dict(weights)
        network.to(choose_device())
        histories[name] = train_network(network, kind(network.parameters(), **options), epochs, seed)
    return histories
