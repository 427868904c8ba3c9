"""This is the forward difference: one point is x itself, the other one x + h. Its error falls only as h, that of the
central difference as h squared. Step the same distance to both sides.

Caught by: test_sine_exponential_and_cubics, test_error_falls_as_the_square_of_the_step, test_calls_the_function_twice,
test_step_unless_given, test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) - f(x)) / h
