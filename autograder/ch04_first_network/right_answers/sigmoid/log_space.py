"""The logarithm of the sigmoid first, by NumPy's stable log(1 + e^-z)."""


def sigmoid(z):
    """Squeeze every entry into (0, 1)."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))
