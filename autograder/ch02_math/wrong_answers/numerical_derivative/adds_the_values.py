"""You add the two values of the function. The rise between two points is their difference.

Caught by: test_sine_exponential_and_cubics, test_error_falls_as_the_square_of_the_step, test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) + f(x - h)) / (2 * h)
