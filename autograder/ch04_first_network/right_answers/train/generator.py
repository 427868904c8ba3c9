"""A generator of steps that the function winds forward."""


def _steps(params, X, y, hidden, learning_rate):
    while True:
        output, cache = forward(params, X, hidden)
        grads = backward(params, cache, y)
        yield mse_loss(output, y), params
        params = {key: value - learning_rate * grads[key] for key, value in params.items()}


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):  # noqa: PLR0913, PLR0917
    """Train by gradient descent."""
    for name, table in (("X", X), ("y", y)):
        if len(np.shape(table)) != 2 or np.shape(table)[0] != np.shape(X)[0] or not np.size(table):
            raise ValueError(f"{name} has the unfit shape {np.shape(table)}")
    if epochs < 0:
        raise ValueError(f"cannot train for epochs={epochs}")
    params = init_params(np.shape(X)[1], n_hidden, np.shape(y)[1], seed)
    steps = _steps(params, X, y, hidden, learning_rate)
    losses = [next(steps)[0] for _ in range(epochs)]
    return (next(steps)[1] if epochs else params), losses
