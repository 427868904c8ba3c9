"""Attributes with computed names, registered with `setattr`, the output layer first."""

# ruff: noqa: D101, D102, FBT002 - the notebook's stub says what it does and fixes the signature


class DigitClassifier(nn.Module):
    def __init__(self, hidden=(512, 256), dropout=0.2, batchnorm=False):
        if not all(size >= 1 for size in hidden):
            raise ValueError(f"hidden sizes below 1: {hidden}")
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout out of range: {dropout}")
        super().__init__()
        self.depth, self.batchnorm = len(hidden), batchnorm
        self.out = nn.Linear(hidden[-1] if hidden else 784, 10)
        for number in reversed(range(self.depth)):
            setattr(self, f"linear{number}", nn.Linear(hidden[number - 1] if number else 784, hidden[number]))
            setattr(self, f"norm{number}", nn.BatchNorm1d(hidden[number]))
        if not batchnorm:
            for number in range(self.depth):
                delattr(self, f"norm{number}")
        self.drop = nn.Dropout(dropout)  # it has nothing to remember, so one serves all layers

    def forward(self, x):
        if tuple(x.shape) != (len(x), 1, 28, 28) or len(x) < 1:
            raise ValueError(f"x: shape {tuple(x.shape)}")
        x = torch.flatten(x, start_dim=1)
        for number in range(self.depth):
            x = getattr(self, f"linear{number}")(x)
            if self.batchnorm:
                x = getattr(self, f"norm{number}")(x)
            x = self.drop(x.clamp(min=0))
        return self.out(x)
