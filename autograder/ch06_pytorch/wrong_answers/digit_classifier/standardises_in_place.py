"""You prepare the pictures in place, with the mean of the batch: the caller's tensor changes, and each picture's answer
depends on the others. Return what the layers give for the pictures as they are.

Caught by: test_logits_of_every_picture, test_batch_norm_uses_its_statistics_in_evaluation,
test_evaluation_drops_nothing, test_pictures_are_judged_one_by_one, test_pictures_stay_as_they_were
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
        x -= x.mean()
        return self.network(x)
