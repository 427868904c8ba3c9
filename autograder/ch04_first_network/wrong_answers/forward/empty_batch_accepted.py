"""A batch without a single row is accepted. It gives an output without rows, and the loss of nothing, which is not a
number. The contract wants at least one row.

Caught by: test_refuses_inputs_that_do_not_fit
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if hidden not in ("sigmoid", "relu"):
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    if X.ndim != 2 or X.shape[1] != len(params["W1"]):
        raise ValueError(f"X has a shape that does not fit: {X.shape}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = X @ params["W1"] + params["b1"]
    a1 = activate(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
