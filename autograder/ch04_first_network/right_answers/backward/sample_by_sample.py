"""The outer product of one sample after another, added up."""


def backward(params, cache, y):
    """Return the exact gradient of the loss."""
    if np.shape(y) != cache["a2"].shape:
        raise ValueError(f"y of shape {np.shape(y)} does not fit an output of shape {cache['a2'].shape}")
    grads = {key: np.zeros(value.shape) for key, value in params.items()}
    for row in range(len(y)):
        x, z, hidden, out = (cache[key][row] for key in ("X", "z1", "a1", "a2"))
        d_out = 2 * (out - y[row]) / np.size(y) * out * (1 - out)
        slope = relu_derivative(z) if cache["hidden"] == "relu" else sigmoid(z) * sigmoid(-z)
        d_hidden = (params["W2"] @ d_out) * slope
        grads["W2"] += np.outer(hidden, d_out)
        grads["b2"] += d_out
        grads["W1"] += np.outer(x, d_hidden)
        grads["b1"] += d_hidden
    return grads
