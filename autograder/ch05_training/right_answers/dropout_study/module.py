"""A module with functional dropout and Adam at its default rate."""


class _Dropping(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.one, self.two, self.out = nn.Linear(784, 256), nn.Linear(256, 256), nn.Linear(256, 10)

    def forward(self, x):
        for layer in (self.one, self.two):
            x = nn.functional.dropout(layer(x).relu(), self.rate, training=self.training)
        return self.out(x)


def _study(rate, seed):
    torch.manual_seed(seed)
    network = _Dropping(rate).to(choose_device())
    return train_network(network, torch.optim.Adam(network.parameters()), 15, seed)


def dropout_study(rates, seed):
    """Train one module per rate."""
    wrong = [rate for rate in rates if not 0 <= rate < 1]
    if wrong:
        raise ValueError(f"rates must lie in [0, 1): {wrong[0]}")
    return {rate: _study(rate, seed) for rate in rates}
