"""One array of losses made beforehand, and parameters that are updated in place."""


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):  # noqa: PLR0913, PLR0917
    """Train by gradient descent."""
    if np.ndim(X) != 2 or not len(X):
        raise ValueError(f"X: shape {np.shape(X)}")
    if np.ndim(y) != 2 or len(y) != len(X):
        raise ValueError(f"y: shape {np.shape(y)} beside X of shape {np.shape(X)}")
    if epochs < 0:
        raise ValueError(f"epochs: {epochs}")
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        output, cache = forward(params, X, hidden)
        losses[epoch] = mse_loss(output, y)
        for key, grad in backward(params, cache, y).items():
            params[key] -= learning_rate * grad
    return params, losses
