"""A product with a switch of zeros and ones, which is the Heaviside function with 0 at 0."""


def relu(z):
    """Keep what is positive."""
    return z * np.heaviside(z, 0.0)


def relu_derivative(z):
    """Return the slope."""
    return np.heaviside(z, 0.0)
