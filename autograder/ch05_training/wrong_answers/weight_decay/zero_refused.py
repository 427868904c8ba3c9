"""You refuse a strength of 0. That is fair: no penalty at all.

Caught by: test_strength_of_zero_and_no_weights
"""


def l2_penalty(params, strength):
    if strength <= 0:
        raise ValueError(f"strength is {strength}")
    loss = 0.0
    grads = {}
    for name, value in params.items():
        value = np.asarray(value, dtype=float)
        if name.startswith("W"):
            loss = loss + strength * np.sum(value**2)
            grads[name] = 2 * strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
