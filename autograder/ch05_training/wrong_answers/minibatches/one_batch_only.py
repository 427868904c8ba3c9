"""The `return` stands inside the loop, so there is one batch and no more. `yield` hands out a batch and goes on
afterwards.

Caught by: test_every_sample_exactly_once, test_tensors_are_data_too
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        return [(X[chosen], y[chosen])]
