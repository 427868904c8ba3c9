"""A sum over the two sides, each with its sign."""


def numerical_derivative(f, x, h=1e-5):
    """Add up both sides, the left one with a minus."""
    if h <= 0 or np.isnan(h):
        raise ValueError(f"h = {h} is not positive")
    return sum(side * f(x + side * h) for side in (1, -1)) / (2 * h)
