"""Your batches overlap by one sample: the next slice has to begin where the last one ended.

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
        chosen = order[max(0, i - 1) : i + batch_size]
        yield X[chosen], y[chosen]
