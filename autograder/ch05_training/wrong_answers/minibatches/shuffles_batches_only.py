"""You cut first and shuffle the batches afterwards, so the same neighbours are together in every epoch. Shuffle the
samples, then cut.

Caught by: test_every_sample_exactly_once, test_order_is_random
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    starts = rng.permutation(np.arange(0, len(X), batch_size))
    for i in starts:
        chosen = np.arange(i, min(i + batch_size, len(X)))
        yield X[chosen], y[chosen]
