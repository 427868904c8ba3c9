"""You turn everything into NumPy arrays, so tensors come back as arrays and the network cannot use them. Index what you
were given.

Caught by: test_tensors_are_data_too
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
        yield np.asarray(X)[chosen], np.asarray(y)[chosen]
