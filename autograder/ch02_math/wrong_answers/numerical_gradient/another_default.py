"""Your formula is right, but the step that is used when none is given is not the one in the contract, and far too large
for curves that bend.

Caught by: test_central_differences_with_the_step_given
"""


def numerical_gradient(f, x, h=1e-2):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
