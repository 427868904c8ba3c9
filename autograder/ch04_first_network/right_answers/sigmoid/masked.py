"""Each of the two formulas on its own side of zero, by boolean masks."""


def sigmoid(z):
    """Squeeze every entry into (0, 1)."""
    z = np.asarray(z, dtype=float)
    result = np.empty(z.shape)
    right = z >= 0
    result[right] = 1 / (1 + np.exp(-z[right]))
    grown = np.exp(z[~right])
    result[~right] = grown / (1 + grown)
    return result
