"""Your formula is right, but the step that is used when none is given is not the one in the contract. A step as tiny as
yours also leaves only a few digits in the difference.

Caught by: test_step_unless_given
"""


def numerical_derivative(f, x, h=1e-9):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) - f(x - h)) / (2 * h)
