"""X and y each get an order of their own, so pictures stand beside the labels of other pictures, and no error message
tells you. Draw one order, and use it for both.

Caught by: test_pairs_stay_together, test_tensors_are_data_too, test_data_stay_as_they_were
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    other = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[other[i : i + batch_size]]
