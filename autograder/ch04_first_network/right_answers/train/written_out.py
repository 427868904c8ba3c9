"""Every product written out in the loop, without calling forward, mse_loss or backward."""


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):  # noqa: PLR0913, PLR0917
    """Train by gradient descent."""
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if X.ndim != 2 or X.shape[0] == 0:
        raise ValueError(f"X must be a table with rows, got shape {X.shape}")
    if y.ndim != 2 or y.shape[0] != X.shape[0]:
        raise ValueError(f"y must be a table with {len(X)} rows, got shape {y.shape}")
    if epochs < 0:
        raise ValueError(f"epochs must be 0 or more, got {epochs}")
    start = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    W1, b1, W2, b2 = start["W1"], start["b1"], start["W2"], start["b2"]
    losses = []
    while len(losses) < epochs:
        z1 = X @ W1 + b1
        a1 = np.maximum(z1, 0) if hidden == "relu" else 1 / (1 + np.exp(-z1))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        error = a2 - y
        losses.append(float(np.mean(error**2)))
        d2 = error * a2 * (1 - a2) * (2 / error.size)
        d1 = d2 @ W2.T * ((z1 > 0) if hidden == "relu" else a1 * (1 - a1))
        W1, b1 = W1 - learning_rate * X.T @ d1, b1 - learning_rate * d1.sum(axis=0)
        W2, b2 = W2 - learning_rate * a1.T @ d2, b2 - learning_rate * d2.sum(axis=0)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
