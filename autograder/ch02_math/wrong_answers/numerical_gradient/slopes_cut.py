"""You move the entries correctly, but store the slopes in an array made like x. For whole numbers it cuts off
everything after the point. Make it a float array.

Caught by: test_arrays_of_whole_numbers
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
