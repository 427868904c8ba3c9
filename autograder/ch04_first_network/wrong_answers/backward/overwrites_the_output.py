"""You subtract the targets from `cache["a2"]` in place. The gradient comes out right, but the cache now holds errors
where the outputs were, for everybody who still needs it. `a2 - y` makes a new array.

Caught by: test_arguments_stay_as_they_were
"""


def backward(params, cache, y):
    X, z1, a1, a2 = cache["X"], cache["z1"], cache["a1"], cache["a2"]
    if y.shape != a2.shape:
        raise ValueError(f"y has shape {y.shape}, but the output has {a2.shape}")
    slope = a1 * (1 - a1) if cache["hidden"] == "sigmoid" else relu_derivative(z1)
    bend = a2 * (1 - a2)
    a2 -= y
    delta2 = 2 / y.size * a2 * bend
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ params["W2"].T * slope
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
