"""All weights in one draw, cut in two and folded into tables."""


def init_params(n_in, n_hidden, n_out, seed):
    """Draw the starting parameters."""
    sizes = {"n_in": n_in, "n_hidden": n_hidden, "n_out": n_out}
    wrong = {name: size for name, size in sizes.items() if size <= 0}
    if wrong:
        raise ValueError(f"sizes below 1: {wrong}")
    flat = np.random.RandomState(seed).normal(size=n_hidden * (n_in + n_out))
    W1, W2 = np.split(flat, [n_in * n_hidden])
    return {
        "W1": W1.reshape(n_in, n_hidden),
        "b1": np.full((1, n_hidden), 0.0),
        "W2": W2.reshape(n_hidden, n_out),
        "b2": np.full((1, n_out), 0.0),
    }
