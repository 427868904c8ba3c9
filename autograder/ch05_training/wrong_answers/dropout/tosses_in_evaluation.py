"""In evaluation you toss the coins and throw the result away. The generator has moved on all the same, so measuring in
between changes the training that follows.

Caught by: test_evaluation_lets_everything_pass
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    mask = (rng.random(x.shape) >= p).astype(float)
    if not training:
        return x.copy(), np.ones(x.shape)
    return x * mask / (1 - p), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
