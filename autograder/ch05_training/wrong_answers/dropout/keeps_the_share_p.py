"""You keep the share p and drop the rest. p is the probability of being switched *off*.

Caught by: test_mean_stays_the_same, test_every_entry_has_its_own_coin, test_nothing_is_dropped_at_zero
"""


def dropout(x, p, rng, training):
    x = np.asarray(x, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) < p).astype(float)
    return x * mask / (1 - p), mask


def dropout_backward(grad, mask, p):
    grad = np.asarray(grad, dtype=float)
    if p < 0 or p >= 1:
        raise ValueError(f"p is {p}")
    if np.shape(mask) != grad.shape:
        raise ValueError(f"mask has shape {np.shape(mask)}")
    return grad * mask / (1 - p)
