"""Every entry by `numerical_derivative` of exercise 3, along a unit direction."""


def numerical_gradient(f, x, h=1e-5):
    """Measure one slope per direction, with the function for one slope."""
    x = np.array(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x is empty: shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h is {h}")
    gradient = np.empty_like(x)
    for place in np.ndindex(*x.shape):
        direction = np.zeros_like(x)
        direction[place] = 1.0
        gradient[place] = numerical_derivative(lambda t, d=direction: f(x + t * d), 0.0, h)
    return gradient
