"""You do not compare the numbers of rows. Too many targets pass silently, and somebody's data are mixed up. Refuse what
does not fit, and show the shape; an empty data set, too.

Caught by: test_refuses_data_that_do_not_fit
"""


def minibatches(X, y, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
