"""You draw from NumPy's global generator. Then the order depends on whatever else was drawn in the program, and nobody
can repeat it. Draw from `rng`.

Caught by: test_every_call_has_a_new_order, test_only_the_given_generator_is_used
"""


def minibatches(X, y, batch_size, rng):
    if len(X) == 0:
        raise ValueError(f"X has shape {tuple(X.shape)}")
    if len(y) != len(X):
        raise ValueError(f"y has shape {tuple(y.shape)}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    order = np.random.permutation(len(X))
    for i in range(0, len(X), batch_size):
        chosen = order[i : i + batch_size]
        yield X[chosen], y[chosen]
