"""One block per hidden layer, and dropout before the ReLU, which is the same thing."""

# ruff: noqa: D101, D102, FBT002 - the notebook's stub says what it does and fixes the signature


def block(n_in, n_out, dropout, batchnorm):
    parts = [nn.Linear(n_in, n_out)] + [nn.BatchNorm1d(n_out)] * batchnorm
    return nn.Sequential(*parts, nn.Dropout(dropout), nn.ReLU())


class DigitClassifier(nn.Module):
    def __init__(self, hidden=(512, 256), dropout=0.2, batchnorm=False):
        super().__init__()
        for size in hidden:
            if size <= 0:
                raise ValueError(f"a size in hidden is {size}")
        if not (dropout >= 0 and dropout < 1):
            raise ValueError(f"dropout is {dropout}")
        self.body = nn.Sequential()
        width = 28 * 28
        for number, size in enumerate(hidden):
            self.body.add_module(f"hidden_{number}", block(width, size, dropout, batchnorm))
            width = size
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        n, *rest = x.shape
        if rest != [1, 28, 28] or n == 0:
            raise ValueError(f"x has shape {(n, *rest)}")
        return self.head(self.body(x.reshape(n, 784)))
