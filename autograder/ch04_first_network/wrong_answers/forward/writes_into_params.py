"""You store the activations in `params`. That dictionary belongs to the caller, and training goes through all its
entries as things to be learned. What was met on the way belongs into the cache.

Caught by: test_arguments_stay_as_they_were
"""


def forward(params, X, hidden="sigmoid"):
    X = np.asarray(X)
    if hidden not in ("sigmoid", "relu"):
        raise ValueError(f"hidden must be 'sigmoid' or 'relu', got {hidden!r}")
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != len(params["W1"]):
        raise ValueError(f"X has a shape that does not fit: {X.shape}")
    activate = sigmoid if hidden == "sigmoid" else relu
    z1 = X @ params["W1"] + params["b1"]
    a1 = activate(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = sigmoid(z2)
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "hidden": hidden}
    params["a1"], params["a2"] = a1, a2
    return a2, cache
