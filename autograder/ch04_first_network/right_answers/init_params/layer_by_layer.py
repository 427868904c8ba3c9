"""A loop over the two layers that draws every row on its own."""


def init_params(n_in, n_hidden, n_out, seed):
    """Draw the starting parameters."""
    for name, size in zip(("n_in", "n_hidden", "n_out"), (n_in, n_hidden, n_out), strict=True):
        if not size >= 1:
            raise ValueError(f"{name}={size} is below 1")
    generator = np.random.RandomState(seed)
    params = {}
    for layer, (rows, columns) in enumerate([(n_in, n_hidden), (n_hidden, n_out)], start=1):
        params[f"W{layer}"] = np.stack([generator.standard_normal(columns) for _ in range(rows)])
        params[f"b{layer}"] = np.zeros(columns)[np.newaxis, :]
    return params
