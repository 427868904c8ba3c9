"""You do not check `batch_size`. With 0, `range` complains about its own step; with a negative number it is silently
empty, and nothing is trained. Refuse both, and show the value.

Caught by: test_refuses_empty_batches
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
