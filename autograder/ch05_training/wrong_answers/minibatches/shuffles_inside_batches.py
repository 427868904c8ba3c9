"""You cut first and shuffle inside each batch, so every epoch has the same batches in the same order. Shuffle all
samples, then cut.

Caught by: test_order_is_random
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    for i in range(0, len(X), batch_size):
        chosen = rng.permutation(np.arange(i, min(i + batch_size, len(X))))
        yield X[chosen], y[chosen]
