"""Einstein sums, and a cache that holds more than it must."""


def forward(params, X, hidden="sigmoid"):
    """Send a batch through the network."""
    known = {"sigmoid": sigmoid, "relu": relu}
    if hidden not in known:
        raise ValueError(f"hidden: expected one of {sorted(known)}, received {hidden!r}")
    W1, b1, W2, b2 = (params[key] for key in ("W1", "b1", "W2", "b2"))
    if X.ndim != 2 or not X.shape[0] or X.shape[1] != W1.shape[0]:
        raise ValueError(f"X: expected (N, {W1.shape[0]}), received {X.shape}")
    cache = {"X": X, "hidden": hidden, "params": params, "activation": known[hidden]}
    cache["z1"] = np.einsum("ni,ih->nh", X, W1) + b1
    cache["a1"] = known[hidden](cache["z1"])
    cache["z2"] = np.einsum("nh,ho->no", cache["a1"], W2) + b2
    cache["output"] = cache["a2"] = sigmoid(cache["z2"])
    return cache["output"], cache
