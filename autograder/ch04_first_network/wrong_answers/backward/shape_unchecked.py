"""Targets of another shape go through. `a2 - y` with `(N, 1)` and `(N,)` is an array of N times N differences, and
NumPy says nothing. Compare the shape of `y` with that of the output first.

Caught by: test_refuses_targets_of_another_shape
"""


def backward(params, cache, y):
    X, z1, a1, a2 = cache["X"], cache["z1"], cache["a1"], cache["a2"]
    slope = a1 * (1 - a1) if cache["hidden"] == "sigmoid" else relu_derivative(z1)
    delta2 = 2 / y.size * (a2 - y) * a2 * (1 - a2)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ params["W2"].T * slope
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
