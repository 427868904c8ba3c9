"""You refuse a batch size above the number of rows. That is fair input: one batch with all rows.

Caught by: test_one_batch_where_the_size_exceeds_the_data
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if not 1 <= batch_size <= len(X):
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
