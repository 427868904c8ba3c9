"""This is the backward difference: one point is x itself, the other one x - h. Step to both sides, and the two halves
of the error cancel.

Caught by: test_sine_exponential_and_cubics, test_error_falls_as_the_square_of_the_step, test_calls_the_function_twice,
test_step_unless_given, test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x) - f(x - h)) / h
