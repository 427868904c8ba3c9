"""Only the first network is made from the seed; the others take what the generator draws next. So every rate begins
with other weights, and nobody knows what made the difference.

Caught by: test_rates_start_alike
"""


def dropout_study(rates, seed):
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates holds {rate}")
    histories = {}
    torch.manual_seed(seed)
    for rate in rates:
        layers = [nn.Linear(784, 256), nn.ReLU(), nn.Dropout(rate), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(rate)]
        network = nn.Sequential(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 15, seed)
    return histories
