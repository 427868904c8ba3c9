"""A mask of truth values; the survivors are written into an array of zeros."""


def dropout(x, p, rng, training):
    """Copy the survivors."""
    x = np.asarray(x)
    if p < 0 or p >= 1:
        raise ValueError(f"p must lie in [0, 1): {p}")
    mask = np.full(x.shape, fill_value=True)
    out = x.astype(np.float64)
    if training:
        mask = rng.uniform(size=x.shape) < 1 - p
        out[~mask] = 0
        out[mask] /= 1 - p
    return out, mask


def dropout_backward(grad, mask, p):
    """Copy what passed."""
    grad, keep = np.asarray(grad), np.asarray(mask, dtype=bool)
    if p < 0 or p >= 1:
        raise ValueError(f"p must lie in [0, 1): {p}")
    if keep.shape != grad.shape:
        raise ValueError(f"mask is {keep.shape} instead of {grad.shape}")
    result = np.zeros(grad.shape)
    result[keep] = grad[keep] / (1 - p)
    return result
