"""The bias as one more input that is always 1, so that each layer's gradient is a single product."""


def _layer(inputs, delta):
    joint = np.hstack([inputs, np.ones((len(inputs), 1))]).T @ delta
    return joint[:-1], joint[-1:]


def backward(params, cache, y):
    """Return the exact gradient of the loss."""
    a1, a2 = cache["a1"], cache["a2"]
    if y.shape != a2.shape:
        raise ValueError(f"y must have shape {a2.shape}; it has {y.shape}")
    d2 = np.mean(2 * np.ones_like(a2)) / a2.size * (a2 - y) * a2 * (1 - a2)
    d1 = (params["W2"] @ d2.T).T * {"relu": np.sign(a1), "sigmoid": a1 * (1 - a1)}[cache["hidden"]]
    W1, b1 = _layer(cache["X"], d1)
    W2, b2 = _layer(a1, d2)
    return {"b2": b2, "W2": W2, "b1": b1, "W1": W1}
