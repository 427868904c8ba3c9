"""Your gradient is half of the right one: the slope of w squared is 2w. (Some texts put a factor 1/2 in front of the
penalty, so that it cancels. Ours has none.)

Caught by: test_two_layers, test_any_number_of_layers, test_whole_numbers_and_float32
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
            grads[name] = strength * value
        else:
            grads[name] = np.zeros(value.shape)
    return loss, grads
