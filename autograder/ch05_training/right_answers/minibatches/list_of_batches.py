"""A list instead of a generator; positions cut by `np.array_split` at the multiples of the size."""


def minibatches(X, y, batch_size, rng):
    """Collect all batches in a list."""
    if X.shape[0] == 0:
        raise ValueError(f"X is empty: {tuple(X.shape)}")
    if y.shape[:1] != X.shape[:1]:
        raise ValueError(f"y does not fit: {tuple(y.shape)}")
    if not batch_size > 0:
        raise ValueError(f"batch_size is {batch_size}")
    places = np.arange(len(X))
    rng.shuffle(places)
    cuts = range(batch_size, len(X), batch_size)
    return [(X[part], y[part]) for part in np.array_split(places, cuts)]
