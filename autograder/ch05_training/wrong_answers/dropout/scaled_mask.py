"""Your mask holds the scaling already: zeros and 1/(1 - p). The contract asks for zeros and ones; put the scaling into
the output.

Caught by: test_survivors_are_scaled_up, test_every_entry_has_its_own_coin, test_only_the_given_generator_is_used,
test_whole_numbers_and_float32, test_gradient_by_finite_differences, test_gradient_for_any_mask,
test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask / (1 - p), mask / (1 - p)


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask
