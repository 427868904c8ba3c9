"""randn of a private generator, and the sizes checked in one line each."""


def init_params(n_in, n_hidden, n_out, seed):
    """Draw the starting parameters."""
    if n_in < 1:
        raise ValueError(f"n_in must be positive, not {n_in}")
    if n_hidden < 1:
        raise ValueError(f"n_hidden must be positive, not {n_hidden}")
    if n_out < 1:
        raise ValueError(f"n_out must be positive, not {n_out}")
    generator = np.random.RandomState(seed)
    params = {"b1": np.zeros((1, n_hidden)), "b2": np.zeros((1, n_out))}
    params["W1"] = generator.randn(n_in, n_hidden)
    params["W2"] = generator.randn(n_hidden, n_out)
    return params
