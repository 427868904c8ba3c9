"""Your formula is right, but it calls f more often than needed: the mean of the forward and the backward slope asks for
f(x) too, which then cancels. Two calls are enough.

Caught by: test_calls_the_function_twice, test_step_unless_given
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    forward = (f(x + h) - f(x)) / h
    backward = (f(x) - f(x - h)) / h
    return (forward + backward) / 2
