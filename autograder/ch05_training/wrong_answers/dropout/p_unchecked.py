"""You accept any p. With 1 you divide by 0, and above 1 the signs flip. Refuse values below 0 and from 1 on, in all
modes, and show the value.

Caught by: test_refuses_impossible_probabilities
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask / (1 - p), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
