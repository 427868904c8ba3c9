"""You turn the result into a Python float, which works for a single number only. The multiplication alone gives the
right thing for numbers and for arrays.

Caught by: test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return float(f_prime(g(x)) * g_prime(x))
