"""Your orders are the order of the data, begun at a random place. Neighbours stay neighbours. All orders should be
equally likely: `rng.permutation`.

Caught by: test_order_is_random
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = np.roll(np.arange(len(X)), int(rng.integers(len(X))))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
