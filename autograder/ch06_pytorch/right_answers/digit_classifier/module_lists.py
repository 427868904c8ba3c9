"""Layers in `ModuleList`s, put to use one by one; dropout as a function that is told the mode."""

# ruff: noqa: D101, D102, FBT002 - the notebook's stub says what it does and fixes the signature


class DigitClassifier(nn.Module):
    def __init__(self, hidden=(512, 256), dropout=0.2, batchnorm=False):
        super().__init__()
        if len(hidden) and min(hidden) < 1:
            raise ValueError(f"hidden: at least one unit per layer, not {list(hidden)}")
        if dropout < 0 or dropout >= 1:
            raise ValueError(f"dropout={dropout} is no probability below 1")
        sizes = [784, *hidden]
        self.linears = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, hidden, strict=False))
        self.norms = nn.ModuleList(nn.BatchNorm1d(size) if batchnorm else nn.Identity() for size in hidden)
        self.last = nn.Linear(sizes[-1], 10)
        self.dropout = dropout

    def forward(self, x):
        if x.ndim != 4 or x.shape[1:] != (1, 28, 28) or not x.shape[0]:
            raise ValueError(f"x must be (N, 1, 28, 28), not {tuple(x.shape)}")
        x = x.flatten(1)
        for linear, norm in zip(self.linears, self.norms, strict=True):
            x = nn.functional.dropout(torch.relu(norm(linear(x))), self.dropout, training=self.training)
        return self.last(x)
