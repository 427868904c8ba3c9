"""You scale in evaluation, and not in training. That was the first way in which dropout was done; the *inverted* one
scales in training, so that evaluation needs nothing.

Caught by: test_survivors_are_scaled_up, test_mean_stays_the_same, test_evaluation_lets_everything_pass,
test_whole_numbers_and_float32, test_gradient_by_finite_differences, test_gradient_for_any_mask,
test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x * (1 - p), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask, mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask
