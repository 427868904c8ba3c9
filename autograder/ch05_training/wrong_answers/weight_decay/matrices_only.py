"""You take every table for weights and every row for a bias. The name decides: W or b.

Caught by: test_any_number_of_layers
"""


def l2_penalty(params, strength):
    if strength < 0:
        raise ValueError(f"strength is {strength}")
    loss = 0.0
    grads = {}
    for name, value in params.items():
        value = np.asarray(value, dtype=float)
        if value.ndim == 2 and value.shape[0] > 1:
            loss = loss + strength * np.sum(value**2)
            grads[name] = 2 * strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
