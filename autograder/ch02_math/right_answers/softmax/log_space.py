"""The logarithm of the sum first, by NumPy's stable logaddexp."""


def softmax(z):
    """Subtract the logarithm of the sum of exponentials, then take the exponential."""
    z = np.array(z, dtype=float)
    if not z.shape or 0 in z.shape:
        raise ValueError(f"no scores in z, whose shape is {z.shape}")
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))
