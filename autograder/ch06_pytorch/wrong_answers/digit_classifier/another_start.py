"""You draw starting weights of your own. Theirs are fine: leave `nn.Linear` as it is made.

Caught by: test_starting_weights_are_those_of_torch
"""


class DigitClassifier(nn.Module):
    def __init__(self, hidden=(512, 256), dropout=0.2, batchnorm=False):
        super().__init__()
        if any(size < 1 for size in hidden):
            raise ValueError(f"hidden is {hidden}")
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout is {dropout}")
        layers, width = [nn.Flatten()], 784
        for size in hidden:
            layers.append(nn.Linear(width, size))
            if batchnorm:
                layers.append(nn.BatchNorm1d(size))
            layers += [nn.ReLU(), nn.Dropout(dropout)]
            width = size
        layers.append(nn.Linear(width, 10))
        self.network = nn.Sequential(*layers)
        for layer in layers:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_normal_(layer.weight, gain=3)

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        return self.network(x)
