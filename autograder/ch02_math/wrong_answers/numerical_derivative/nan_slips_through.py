"""You refuse steps that are 0 or less, but `nan` is neither: every comparison with it is false. Turn the question
round, and refuse unless h is above 0.

Caught by: test_refuses_a_step_that_is_not_positive
"""


def numerical_derivative(f, x, h=1e-5):
    if h <= 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) - f(x - h)) / (2 * h)
