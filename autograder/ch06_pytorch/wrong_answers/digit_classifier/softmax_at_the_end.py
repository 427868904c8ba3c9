"""Your network ends with a softmax. The loss of this chapter contains one already, so it would be applied twice,
and the loss could never fall below 1.46. Return what the last Linear gives.

Caught by: test_logits_of_every_picture, test_sizes_of_the_book_unless_given, test_batch_norm_comes_before_the_relu,
test_batch_norm_uses_its_statistics_in_evaluation, test_dropout_follows_every_hidden_layer,
test_evaluation_drops_nothing, test_gradient_reaches_every_parameter, test_pictures_are_judged_one_by_one
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
        layers += [nn.Linear(width, 10), nn.Softmax(dim=1)]
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        return self.network(x)
