"""You divide by p. The survivors are the share 1 - p of all, so 1 - p is what they have to make up for.

Caught by: test_survivors_are_scaled_up, test_mean_stays_the_same, test_whole_numbers_and_float32,
test_gradient_by_finite_differences, test_gradient_for_any_mask, test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask / p if p else x * mask, mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / p
