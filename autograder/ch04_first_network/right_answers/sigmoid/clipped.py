"""The formula of the text after the argument is cut to a range in which np.exp is safe."""


def sigmoid(z):
    """Squeeze every entry into (0, 1)."""
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))
