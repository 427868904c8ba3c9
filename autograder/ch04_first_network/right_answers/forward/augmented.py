"""The bias as one more row of the weights, met by a column of ones."""


def forward(params, X, hidden="sigmoid"):
    """Send a batch through the network."""
    if hidden == "sigmoid":
        activate = sigmoid
    elif hidden == "relu":
        activate = relu
    else:
        raise ValueError(f"unknown hidden activation: {hidden}")
    if np.ndim(X) != 2 or np.shape(X)[0] < 1 or np.shape(X)[1] != params["W1"].shape[0]:
        raise ValueError(f"X cannot have the shape {np.shape(X)}")
    ones = np.ones((len(X), 1))
    z1 = np.hstack([X, ones]) @ np.vstack([params["W1"], params["b1"]])
    a1 = activate(z1)
    z2 = np.hstack([a1, ones]) @ np.vstack([params["W2"], params["b2"]])
    a2 = sigmoid(z2)
    return a2, {"hidden": hidden, "a2": a2, "z2": z2, "a1": a1, "z1": z1, "X": np.array(X, dtype=float)}
