"""You use the mask as an index, which works for truth values only: zeros and ones as numbers pick the rows 0 and 1, or
are refused. Multiply by the mask, whatever its type.

Caught by: test_gradient_by_finite_differences, test_gradient_for_any_mask, test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask / (1 - p), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    result = np.zeros(grad.shape)
    result[mask] = grad[mask] / (1 - p)
    return result
