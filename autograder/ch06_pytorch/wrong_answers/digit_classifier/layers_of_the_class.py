"""Your layers are made once and kept in the class, so two networks of the same sizes share their weights: train one,
and the other changes. Make new layers in `__init__`, for `self`.

Caught by: test_batch_norm_uses_its_statistics_in_evaluation, test_starting_weights_are_those_of_torch,
test_networks_share_nothing
"""


class DigitClassifier(nn.Module):
    made = {}

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
        key = (tuple(hidden), dropout, batchnorm)
        self.network = self.made.setdefault(key, nn.Sequential(*layers))

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        return self.network(x)
