"""`x[…] = 0` writes into the caller's activations. Make a new array, for instance `x * mask`.

Caught by: test_mean_stays_the_same, test_arguments_stay_as_they_were
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p).astype(float)
    x *= mask / (1 - p)
    return x, mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
