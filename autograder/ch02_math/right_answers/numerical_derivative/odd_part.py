"""Half the rise of the odd part of f about x: the even part cancels."""


def numerical_derivative(f, x, h=1e-5):
    """Keep what changes its sign with the side, and divide by the step."""
    if np.isnan(h) or h <= 0:
        raise ValueError(f"h: {h}")
    odd_part = 0.5 * f(x + h) - 0.5 * f(x - h)
    return odd_part / h
