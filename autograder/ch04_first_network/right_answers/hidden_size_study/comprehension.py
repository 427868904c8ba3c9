"""A dictionary comprehension with a helper that judges one network."""


def _solves(size, seed):
    params, _ = train(XOR_X, XOR_Y, n_hidden=size, seed=seed)
    return bool((np.round(forward(params, XOR_X)[0]) == XOR_Y).all())


def hidden_size_study(sizes, seeds):
    """Return the share of seeds that succeed by size."""
    if not len(seeds):
        raise ValueError("no seeds were given")
    return {size: sum(_solves(size, seed) for seed in seeds) / len(seeds) for size in sizes}
