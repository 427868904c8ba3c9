"""After the first measurement your network stays in evaluation mode, and dropout never works again. Switch back with
`network.train()` at the beginning of each epoch.

Caught by: test_dropout_in_training_and_not_in_evaluation
"""


def dropout_study(rates, seed):
    for rate in rates:
        if rate < 0 or rate >= 1:
            raise ValueError(f"rates holds {rate}")

    class Forgetful(nn.Sequential):
        measured = False

        def train(self, mode=True):
            self.measured = self.measured or not mode
            return super().train(mode and not self.measured)

    histories = {}
    for rate in rates:
        torch.manual_seed(seed)
        layers = [nn.Linear(784, 256), nn.ReLU(), nn.Dropout(rate), nn.Linear(256, 256), nn.ReLU(), nn.Dropout(rate)]
        network = Forgetful(*layers, nn.Linear(256, 10)).to(choose_device())
        optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
        histories[rate] = train_network(network, optimizer, 15, seed)
    return histories
