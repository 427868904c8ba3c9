"""You use a step of your own whatever h is. The caller may have reasons for another one; take what was passed.

Caught by: test_error_falls_as_the_square_of_the_step, test_calls_the_function_twice, test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)
