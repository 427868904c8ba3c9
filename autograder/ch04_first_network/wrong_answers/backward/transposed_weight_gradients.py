"""Your weight gradients are transposed. A gradient has the shape of its weights, so the inputs come first and
transposed, and the deltas second: inputs.T @ deltas.

Caught by: test_sigmoid_network, test_relu_network, test_several_outputs, test_single_sample,
test_relu_units_exactly_at_their_corner, test_cache_with_the_six_agreed_keys_is_enough,
test_arguments_stay_as_they_were
"""


def backward(params, cache, y):
    X, z1, a1, a2 = cache["X"], cache["z1"], cache["a1"], cache["a2"]
    if y.shape != a2.shape:
        raise ValueError(f"y has shape {y.shape}, but the output has {a2.shape}")
    slope = a1 * (1 - a1) if cache["hidden"] == "sigmoid" else relu_derivative(z1)
    delta2 = 2 / y.size * (a2 - y) * a2 * (1 - a2)
    dW2 = delta2.T @ a1
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ params["W2"].T * slope
    dW1 = delta1.T @ X
    db1 = delta1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
