"""One sample after another, stacked at the end."""


def _layer(row, W, b):
    return np.array([row @ W[:, unit] + b[0, unit] for unit in range(W.shape[1])])


def forward(params, X, hidden="sigmoid"):
    """Send a batch through the network."""
    if hidden not in {"relu", "sigmoid"}:
        raise ValueError(f"hidden is {hidden!r}, but only sigmoid and relu are known")
    X = np.asarray(X)
    if X.ndim != 2 or X.shape[0] == 0 or X.shape[1] != params["W1"].shape[0]:
        raise ValueError(f"X does not fit the network: {X.shape}")
    z1 = np.stack([_layer(row, params["W1"], params["b1"]) for row in X])
    a1 = sigmoid(z1) if hidden == "sigmoid" else relu(z1)
    z2 = np.stack([_layer(row, params["W2"], params["b2"]) for row in a1])
    return sigmoid(z2), {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": sigmoid(z2), "hidden": hidden}
