"""Your slope is twice as large as it should be. The two points are 2h apart, so the run is 2h, not h.

Caught by: test_sine_exponential_and_cubics, test_error_falls_as_the_square_of_the_step, test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h) - f(x - h)) / h
