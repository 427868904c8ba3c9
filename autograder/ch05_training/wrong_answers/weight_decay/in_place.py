"""`value *= …` writes into the caller's weights. Make a new array.

Caught by: test_parameters_stay_as_they_were
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
            value *= 2 * strength
            grads[name] = value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
