"""Where the batch size exceeds the number of rows, you hand out nothing. One batch with all rows is meant; a slice that
reaches beyond the end is no error.

Caught by: test_one_batch_where_the_size_exceeds_the_data
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    if batch_size > len(X):
        return
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
