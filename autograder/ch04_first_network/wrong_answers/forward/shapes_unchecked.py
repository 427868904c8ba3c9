"""Inputs whose shape does not fit are not refused, or NumPy refuses them with a message about its own internals. The
commonest slip is a single sample of shape `(n_in,)`, which goes through and loses an axis. Compare the shape first
and show it.

Caught by: test_refuses_inputs_that_do_not_fit
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if hidden not in ("sigmoid", "relu"):
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = X @ params["W1"] + params["b1"]
    a1 = activate(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
