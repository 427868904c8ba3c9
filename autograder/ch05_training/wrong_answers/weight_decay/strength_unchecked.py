"""A negative strength passes. It rewards large weights, and they grow for ever. Refuse it, and show the value.

Caught by: test_refuses_a_negative_strength
"""


def l2_penalty(params, strength):
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
