"""Dropout is at work while you measure as well: `nn.functional.dropout` without `training=self.training` never rests.
When it counts, all neurons play.

Caught by: test_dropout_in_training_and_not_in_evaluation
"""


def dropout_study(rates, seed):
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates holds {rate}")

    class Always(nn.Module):
        def __init__(self, p):
            super().__init__()
            self.p = p

        def forward(self, x):
            return nn.functional.dropout(x, self.p)

    histories = {}
    for rate in rates:
        torch.manual_seed(seed)
        layers = [nn.Linear(784, 256), nn.ReLU(), Always(rate), nn.Linear(256, 256), nn.ReLU(), Always(rate)]
        network = nn.Sequential(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 15, seed)
    return histories
