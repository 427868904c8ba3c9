"""The second factor of yours is the value g(x). A rate is needed there: how fast g changes at x.

Caught by: test_two_functions, test_three_functions, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return f_prime(g(x)) * g(x)
