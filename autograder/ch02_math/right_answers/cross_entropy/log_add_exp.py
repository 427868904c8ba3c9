"""The logarithm of the sum by NumPy's logaddexp, the right scores by take_along_axis."""


def cross_entropy(logits, labels):
    """Logarithm of the sum minus the right score, on average."""
    z, y = np.asarray(logits, dtype=float), np.asarray(labels)
    if z.ndim != 2 or z.size == 0:
        raise ValueError(f"shape of logits: {z.shape}")
    if y.shape != z.shape[:1]:
        raise ValueError(f"shape of labels: {y.shape}")
    if y.min() < 0:
        raise ValueError(f"labels must not be negative: {y.min()}")
    if y.max() >= z.shape[1]:
        raise ValueError(f"labels must be below {z.shape[1]}: {y.max()}")
    right = np.take_along_axis(z, y.astype(int)[:, np.newaxis], axis=1)[:, 0]
    return float(np.mean(np.logaddexp.reduce(z, axis=1) - right))
