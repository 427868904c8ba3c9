"""You take the slope of the outer function at x. But x never reaches it: what it is handed is g(x), so its slope has to
be taken there.

Caught by: test_two_functions, test_three_functions, test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return f_prime(x) * g_prime(x)
