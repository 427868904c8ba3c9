"""You draw positions at random for each batch, with replacement: some samples come several times in an epoch, others
not at all. Shuffle all positions once, then cut.

Caught by: test_every_sample_exactly_once, test_one_batch_where_the_size_exceeds_the_data, test_tensors_are_data_too
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.integers(len(X), size=len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
