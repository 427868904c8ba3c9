"""Your slope is made of True and False. They print nicely, but arrays of truth values cannot be subtracted, and other
functions expect floats. Turn the comparison into 0.0 and 1.0.

Caught by: test_derivative_is_the_slope, test_corner_at_zero, test_whole_numbers_give_floats, test_single_numbers,
test_input_stays_as_it_was
"""


def relu(z):
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def relu_derivative(z):
    return np.asarray(z) > 0
