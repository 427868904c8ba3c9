"""The order by sorting random numbers; batches taken off a shrinking list of positions."""


def minibatches(X, y, batch_size, rng):
    """Take the next positions until none is left."""
    n = len(X)
    if not n:
        raise ValueError(f"no rows in X, its shape is {tuple(X.shape)}")
    if n != len(y):
        raise ValueError(f"y must have {n} rows, its shape is {tuple(y.shape)}")
    if batch_size <= 0:
        raise ValueError(f"batch_size must be positive: {batch_size}")
    waiting = list(np.argsort(rng.random(n)))
    while waiting:
        now, waiting = waiting[:batch_size], waiting[batch_size:]
        yield X[now], y[now]
