"""You multiply by the strength twice.

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
            loss = loss + strength**2 * np.sum(value**2)
            grads[name] = 2 * strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
