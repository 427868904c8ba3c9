"""The mean of z and |z|, and the clipped sign as its slope."""


def relu(z):
    """Keep what is positive."""
    return (z + np.abs(z)) / 2


def relu_derivative(z):
    """Return the slope."""
    return np.clip(np.sign(z), 0.0, 1.0)
