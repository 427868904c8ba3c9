"""You draw from NumPy's global generator. Then nobody can repeat your training. Draw from `rng`.

Caught by: test_only_the_given_generator_is_used
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (np.random.random(x.shape) >= p).astype(float)
    return x * mask / (1 - p), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
