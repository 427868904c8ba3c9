"""You change x and put it back afterwards. That is nearly as good, but for a moment the caller's array holds other
numbers, rounding may leave a trace, and an array that must not be changed raises an error. Move a copy.

Caught by: test_argument_stays_as_it_was
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        above = f(x)
        x[place] = old - h
        gradient[place] = (above - f(x)) / (2 * h)
        x[place] = old
    return gradient
