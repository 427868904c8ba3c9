"""Your gradient is the right one times M/2, where M is the number of entries of y. That is the update in the book's
code: `mse_loss` is a mean of squares, so its derivative carries a factor 2/M, and the book leaves it out. Put it in,
and the gradient can be checked by nudging.

Caught by: test_sigmoid_network, test_relu_network, test_several_outputs, test_single_sample,
test_relu_units_exactly_at_their_corner, test_cache_with_the_six_agreed_keys_is_enough,
test_arguments_stay_as_they_were
"""


def backward(params, cache, y):
    X, z1, a1, a2 = cache["X"], cache["z1"], cache["a1"], cache["a2"]
    if y.shape != a2.shape:
        raise ValueError(f"y has shape {y.shape}, but the output has {a2.shape}")
    slope = a1 * (1 - a1) if cache["hidden"] == "sigmoid" else relu_derivative(z1)
    delta2 = (a2 - y) * a2 * (1 - a2)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ params["W2"].T * slope
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
