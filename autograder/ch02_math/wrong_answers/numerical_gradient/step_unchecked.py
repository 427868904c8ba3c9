"""For h = 0 you divide by zero, and what comes back is `nan`. Refuse a step that is not positive, and say what it was.

Caught by: test_refuses_a_step_that_is_not_positive
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
