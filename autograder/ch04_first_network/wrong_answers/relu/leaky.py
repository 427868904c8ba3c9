"""You wrote the leaky ReLU, which lets a little of every negative number through. A good idea for later; here everything
below zero becomes exactly 0, and the slope there is exactly 0.

Caught by: test_keeps_the_positive_and_drops_the_rest, test_derivative_is_the_slope, test_corner_at_zero,
test_whole_numbers_give_floats, test_single_numbers, test_input_stays_as_it_was
"""


def relu(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, 0.01 * z)


def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.01)
