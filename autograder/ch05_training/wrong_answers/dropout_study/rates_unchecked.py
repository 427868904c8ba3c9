"""You accept any rate. With 1 nothing is left of a layer. Refuse rates below 0 and from 1 on, before the first
training, and show the rate.

Caught by: test_refuses_impossible_rates
"""


def dropout_study(rates, seed):
    histories = {}
    for rate in rates:
        torch.manual_seed(seed)
        layers = [nn.Linear(784, 256), nn.ReLU(), nn.Dropout(rate), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(rate)]
        network = nn.Sequential(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 15, seed)
    return histories
