"""One set of starting weights for all rates; a mask layer of its own, once before and once after the ReLU."""


class _Mask(nn.Module):
    def __init__(self, rate, seed):
        super().__init__()
        self.rate, self.generator = rate, torch.Generator().manual_seed(seed + 1)

    def forward(self, x):
        if not self.training:
            return x
        coins = torch.rand(x.shape, generator=self.generator).to(x.device)
        return x * (coins >= self.rate) / (1 - self.rate)


def dropout_study(rates, seed):
    """Load the same weights for every rate."""
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates contains {rate}")
    torch.manual_seed(seed)
    start = [nn.Linear(784, 256), nn.Linear(256, 256), nn.Linear(256, 10)]
    histories = {}
    for rate in rates:
        one, two, out = copy.deepcopy(start)
        hidden = [one, nn.ReLU(), _Mask(rate, seed), two, _Mask(rate, seed + 7), nn.ReLU()]
        network = nn.Sequential(*hidden, out).to(choose_device())
        histories[rate] = train_network(network, torch.optim.Adam(network.parameters(), lr=1e-3), 15, seed)
    return histories
