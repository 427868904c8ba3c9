"""You penalise absolute values. That is L1 regularization, which has its own merits; here the squares are asked for.

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
            loss = loss + strength * np.sum(np.abs(value))
            grads[name] = strength * np.sign(value)
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
