"""You train for ten epochs; the contract says 15.

Caught by: test_rates_start_alike, test_dropout_closes_the_gap
"""


def dropout_study(rates, seed):
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates holds {rate}")
    histories = {}
    for rate in rates:
        torch.manual_seed(seed)
        layers = [nn.Linear(784, 256), nn.ReLU(), nn.Dropout(rate), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(rate)]
        network = nn.Sequential(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 10, seed)
    return histories
