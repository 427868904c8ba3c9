"""You step half of h to either side. That is a fine central difference too, but with another step than the caller asked
for, and its error shows it. The two places are x - h and x + h.

Caught by: test_error_falls_as_the_square_of_the_step, test_calls_the_function_twice, test_step_unless_given,
test_whole_numbers
"""


def numerical_derivative(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    return (f(x + h / 2) - f(x - h / 2)) / h
