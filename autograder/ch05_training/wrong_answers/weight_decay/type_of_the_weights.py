"""Your gradients have the type of the weights that came in. From whole numbers, every fraction is cut off.

Caught by: test_whole_numbers_and_float32
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
            grads[name] = (2 * strength * value).astype(np.asarray(params[name]).dtype)
        else:
            grads[name] = np.zeros_like(params[name])
    return loss, grads
