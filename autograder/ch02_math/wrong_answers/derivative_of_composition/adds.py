"""You add the two slopes. Rates that act one after the other multiply: three times as fast, and that twice as fast, is
six times as fast.

Caught by: test_two_functions, test_three_functions, test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return f_prime(g(x)) + g_prime(x)
