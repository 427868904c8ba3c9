"""You turn the output into the type of the input. From whole numbers, every fraction is cut off.

Caught by: test_whole_numbers_and_float32
"""


def dropout(x, p, rng, training):
    kind = np.asarray(x).dtype
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.astype(kind), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return (x * mask / (1 - p)).astype(kind), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
