"""Coins from the binomial distribution, whole numbers as a mask; backwards with np.where."""


def dropout(x, p, rng, training):
    """Toss a coin per entry."""
    if not 0 <= p < 1:
        raise ValueError(f"p={p}")
    coins = rng.binomial(1, 1 - p, size=np.shape(x)) if training else np.ones(np.shape(x), dtype=int)
    factor = 1 / (1 - p) if training else 1.0
    return np.array(x, dtype=np.float64) * (coins * factor), coins


def dropout_backward(grad, mask, p):
    """Scale what passed."""
    if not 0 <= p < 1:
        raise ValueError(f"p={p}")
    if np.asarray(mask).shape != np.asarray(grad).shape:
        raise ValueError(f"mask of shape {np.asarray(mask).shape}")
    return np.where(mask, np.asarray(grad, dtype=np.float64) / (1 - p), 0.0)
