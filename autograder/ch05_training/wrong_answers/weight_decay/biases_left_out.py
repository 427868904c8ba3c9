"""The gradients of the biases are missing from your dictionary. Whoever adds gradients key by key needs a zero there.

Caught by: test_two_layers, test_any_number_of_layers, test_strength_of_zero_and_no_weights,
test_whole_numbers_and_float32
"""


def l2_penalty(params, strength):
    if strength < 0:
        raise ValueError(f"strength is {strength}")
    loss = 0.0
    grads = {}
    for name, value in params.items():
        value = np.asarray(value, dtype=float)
        if name.startswith("W"):
            loss = loss + strength * np.sum(value**2)
            grads[name] = 2 * strength * value
    return loss, grads
