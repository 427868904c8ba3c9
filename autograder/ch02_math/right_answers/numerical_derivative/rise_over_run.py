"""Rise over run of the two points, as NumPy differences."""


def numerical_derivative(f, x, h=1e-5):
    """Rise over run between two places."""
    if not (h > 0):
        raise ValueError(f"h must be greater than zero, not {h}")
    places = [x - h, x + h]
    low, high = (f(place) for place in places)
    run = h + h
    return (high - low) / run
