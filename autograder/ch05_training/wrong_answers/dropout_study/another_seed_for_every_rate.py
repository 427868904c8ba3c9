"""Each rate gets a seed of its own, so weights and batches differ as well. Change one thing only: the rate.

Caught by: test_rates_start_alike
"""


def dropout_study(rates, seed):
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates holds {rate}")
    histories = {}
    for number, rate in enumerate(rates):
        torch.manual_seed(seed + number)
        layers = [nn.Linear(784, 256), nn.ReLU(), nn.Dropout(rate), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(rate)]
        network = nn.Sequential(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 15, seed + number)
    return histories
