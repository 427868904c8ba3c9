"""You only look at W1 and W2. A deeper network has more: go through all keys that begin with W.

Caught by: test_any_number_of_layers
"""


def l2_penalty(params, strength):
    if strength < 0:
        raise ValueError(f"strength is {strength}")
    loss = 0.0
    grads = {}
    for name, value in params.items():
        value = np.asarray(value, dtype=float)
        if name in ("W1", "W2"):
            loss = loss + strength * np.sum(value**2)
            grads[name] = 2 * strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
