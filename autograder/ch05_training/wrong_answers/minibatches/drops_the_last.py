"""The short batch in the end is missing, so up to batch_size - 1 samples are never used in an epoch. They count as much
as all others: let the last slice be short.

Caught by: test_every_sample_exactly_once, test_one_batch_where_the_size_exceeds_the_data, test_tensors_are_data_too
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    for i in range(0, len(X) - batch_size + 1, batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
