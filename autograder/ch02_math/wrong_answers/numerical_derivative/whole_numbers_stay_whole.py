"""You turn x - h and x + h into numbers of the same type as x. When x is a whole number, the step is cut off. Leave
them as they are.

Caught by: test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    kind = type(x)
    return (f(kind(x + h)) - f(kind(x - h))) / (2 * h)
