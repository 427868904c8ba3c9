"""Your layers lie in an ordinary Python list. The Module does not look into it: `parameters()` leaves them out, so they
never learn, and `eval()` does not reach them. `nn.Sequential` and `nn.ModuleList` are lists that are noticed.

Caught by: test_logits_of_every_picture, test_number_of_parameters, test_sizes_of_the_book_unless_given,
test_batch_norm_comes_before_the_relu, test_batch_norm_uses_its_statistics_in_evaluation,
test_dropout_follows_every_hidden_layer, test_evaluation_drops_nothing, test_gradient_reaches_every_parameter,
test_starting_weights_are_those_of_torch, test_networks_share_nothing, test_pictures_are_judged_one_by_one
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
        self.layers = layers

    def forward(self, x):
        if x.shape[1:] != (1, 28, 28) or len(x) == 0:
            raise ValueError(f"x has shape {tuple(x.shape)}")
        for layer in self.layers:
            x = layer(x)
        return x
