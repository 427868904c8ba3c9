"""Your output is right, but the cache holds the sum z1 under the key of the activation a1. The backward pass reads
both, and will multiply by the wrong one. Sums are z, what comes out of the curve is a.

Caught by: test_cache_holds_every_value_on_the_way, test_every_call_has_a_cache_of_its_own
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
    cache = {"X": X, "z1": z1, "a1": z1, "z2": z2, "a2": a2, "hidden": hidden}
    return a2, cache
