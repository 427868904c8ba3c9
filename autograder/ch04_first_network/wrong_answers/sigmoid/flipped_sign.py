"""Your curve falls where it should rise: the minus sign in the exponent is missing. A large positive z should make
e^-z tiny and the result close to 1. Try z = 5 by hand and follow the sign.

Caught by: test_agrees_with_the_definition, test_keeps_any_shape, test_single_numbers,
test_large_entries_cause_no_warning, test_whole_numbers_give_floats, test_input_stays_as_it_was
"""


def sigmoid(z):
    return 1 / (1 + np.exp(z))
