"""You made negative numbers positive; that is |z|. ReLU does not reflect them, it removes them: everything below zero
becomes 0, and the curve is flat there.

Caught by: test_keeps_the_positive_and_drops_the_rest, test_derivative_is_the_slope, test_corner_at_zero,
test_whole_numbers_give_floats, test_single_numbers, test_input_stays_as_it_was
"""


def relu(z):
    return np.abs(np.asarray(z, dtype=float))


def relu_derivative(z):
    return np.sign(np.asarray(z, dtype=float))
