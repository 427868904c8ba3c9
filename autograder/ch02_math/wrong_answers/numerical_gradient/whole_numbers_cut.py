"""With an array of whole numbers the step is lost: you make arrays like x, and those cannot hold a fraction. Turn x
into floats before anything else.

Caught by: test_arrays_of_whole_numbers
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
