"""`relu_derivative` returns relu once more. The slope is not how high the curve is but how steep: on the right of zero
relu climbs by 1 for every step of 1, wherever you stand.

Caught by: test_derivative_is_the_slope, test_corner_at_zero, test_whole_numbers_give_floats, test_single_numbers,
test_input_stays_as_it_was
"""


def relu(z):
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def relu_derivative(z):
    return relu(z)
