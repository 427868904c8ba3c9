"""Nothing is ever dropped: training and evaluation give the same.

Caught by: test_survivors_are_scaled_up, test_every_entry_has_its_own_coin, test_whole_numbers_and_float32,
test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    return x.copy(), np.ones(x.shape)


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
