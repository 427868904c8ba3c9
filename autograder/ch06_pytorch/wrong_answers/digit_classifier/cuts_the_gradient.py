"""Somewhere in `forward` the result is cut off from its history (`detach`, `.data`, `no_grad`), so the layers before
that point receive no gradient and never learn.

Caught by: test_gradient_reaches_every_parameter
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

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        for layer in self.network[:-1]:
            x = layer(x).detach()
        return self.network[-1](x)
