"""For an array without entries you return an empty gradient. Nothing was measured, and nobody is told. Refuse it.

Caught by: test_refuses_an_array_without_entries
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
