"""784 numbers pass in any shape, or an error comes that names no argument. Compare `x.shape[1:]` with `(1, 28, 28)` and
refuse an empty batch, before the first layer.

Caught by: test_refuses_what_is_no_batch_of_pictures
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
        return self.network(x)
