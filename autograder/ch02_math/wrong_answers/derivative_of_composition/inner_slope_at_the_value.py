"""You take the inner slope at g(x). The inner function sits at x, so its slope is taken at x; only the outer one is
taken at g(x).

Caught by: test_two_functions, test_three_functions, test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    value = g(x)
    return f_prime(value) * g_prime(value)
