"""Your ReLU stops growing at 1. That is the habit of a sigmoid; ReLU has no upper end, and a sum of 7 passes as 7. Its
slope is 1 for every positive z, however large.

Caught by: test_keeps_the_positive_and_drops_the_rest, test_derivative_is_the_slope, test_corner_at_zero,
test_whole_numbers_give_floats, test_single_numbers, test_input_stays_as_it_was
"""


def relu(z):
    return np.clip(np.asarray(z, dtype=float), 0.0, 1.0)


def relu_derivative(z):
    z = np.asarray(z)
    return np.where((z > 0) & (z < 1), 1.0, 0.0)
