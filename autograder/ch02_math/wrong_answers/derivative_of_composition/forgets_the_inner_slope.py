"""You have the outer slope at the right place, but the factor g'(x) is missing. It says how fast the inner value moves
in the first place.

Caught by: test_two_functions, test_three_functions, test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return f_prime(g(x))
