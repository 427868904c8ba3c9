"""You round the slope. A few digits look tidy on the screen, but whoever computes on with the number loses the rest.
Round when you print, never before.

Caught by: test_sine_exponential_and_cubics, test_error_falls_as_the_square_of_the_step
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return round((f(x + h) - f(x - h)) / (2 * h), 4)
