"""Your batch norm keeps no running statistics, so in evaluation mode it still looks at the batch: a picture's answer
depends on its neighbours. Use `nn.BatchNorm1d` as it comes.

Caught by: test_batch_norm_uses_its_statistics_in_evaluation, test_pictures_are_judged_one_by_one
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
                layers.append(nn.BatchNorm1d(size, track_running_stats=False))
            layers += [nn.ReLU(), nn.Dropout(dropout)]
            width = size
        layers.append(nn.Linear(width, 10))
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        return self.network(x)
