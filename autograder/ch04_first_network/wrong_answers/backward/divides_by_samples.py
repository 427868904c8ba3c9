"""You divide by the number of samples. The loss is a mean over all entries of y, so with several output units there
are more of them. For one output the two agree, which is why it looks right on XOR.

Caught by: test_several_outputs, test_cache_with_the_six_agreed_keys_is_enough, test_arguments_stay_as_they_were
"""


def backward(params, cache, y):
    X, z1, a1, a2 = cache["X"], cache["z1"], cache["a1"], cache["a2"]
    if y.shape != a2.shape:
        raise ValueError(f"y has shape {y.shape}, but the output has {a2.shape}")
    slope = a1 * (1 - a1) if cache["hidden"] == "sigmoid" else relu_derivative(z1)
    delta2 = 2 / len(y) * (a2 - y) * a2 * (1 - a2)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ params["W2"].T * slope
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
