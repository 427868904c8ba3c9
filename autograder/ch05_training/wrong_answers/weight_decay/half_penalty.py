"""You put a factor 1/2 in front of the penalty. Some texts do, ours does not: strength times the sum of the squares.

Caught by: test_two_layers, test_any_number_of_layers, test_whole_numbers_and_float32, test_parameters_stay_as_they_were
"""


def l2_penalty(params, strength):
    if strength < 0:
        raise ValueError(f"strength is {strength}")
    loss = 0.0
    grads = {}
    for name, value in params.items():
        value = np.asarray(value, dtype=float)
        if name.startswith("W"):
            loss = loss + 0.5 * strength * np.sum(value**2)
            grads[name] = strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
