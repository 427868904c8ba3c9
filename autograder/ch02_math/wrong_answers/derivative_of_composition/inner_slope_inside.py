"""You hand g'(x) to the outer slope. The outer function receives g(x), the value; the slope g'(x) is the other factor.

Caught by: test_two_functions, test_three_functions, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return f_prime(g_prime(x)) * g_prime(x)
