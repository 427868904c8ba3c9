"""For arrays you multiply with `np.dot`, which adds up over the entries. Each entry is a place of its own, so multiply
entry by entry with `*`.

Caught by: test_arrays, test_whole_numbers, test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    return np.dot(f_prime(g(x)), g_prime(x))
