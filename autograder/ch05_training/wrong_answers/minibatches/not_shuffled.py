"""The batches come in the order of the data. If these are sorted by class, a batch sees nothing but sevens. Draw a
random order first.

Caught by: test_order_is_random, test_every_call_has_a_new_order
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = np.arange(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
