"""You shuffle X, but y stays in its old order, so the pairs are torn apart. The same positions have to pick from both.

Caught by: test_pairs_stay_together, test_one_batch_where_the_size_exceeds_the_data, test_tensors_are_data_too,
test_data_stay_as_they_were
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[i : i + batch_size]
