"""Your slope is that of the sigmoid, s (1 - s). Each activation has a slope of its own, and that of relu is as simple as
can be: flat on one side of zero, and rising one for one on the other.

Caught by: test_derivative_is_the_slope, test_corner_at_zero, test_whole_numbers_give_floats, test_single_numbers,
test_input_stays_as_it_was
"""


def relu(z):
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def relu_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))
