"""`rng.shuffle(X)` shuffles the caller's own array. Shuffle the positions instead, and leave the data where they are.

Caught by: test_only_the_given_generator_is_used, test_data_stay_as_they_were
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    X[...], y[...] = X[order], y[order]
    order = np.arange(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
