"""You kept the negative numbers and dropped the positive ones: `minimum` where `maximum` is meant. Say the formula
aloud, "the larger of 0 and z", and try it on z = 3.

Caught by: test_keeps_the_positive_and_drops_the_rest, test_derivative_is_the_slope, test_corner_at_zero,
test_whole_numbers_give_floats, test_single_numbers, test_input_stays_as_it_was
"""


def relu(z):
    return np.minimum(np.asarray(z, dtype=float), 0.0)


def relu_derivative(z):
    return np.where(np.asarray(z) < 0, 1.0, 0.0)
