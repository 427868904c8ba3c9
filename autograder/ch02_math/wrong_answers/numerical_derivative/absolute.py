"""You take the absolute value, so every curve seems to rise. The sign is the most important part of a slope: it says in
which direction the function falls.

Caught by: test_sine_exponential_and_cubics
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return abs(f(x + h) - f(x - h)) / (2 * h)
