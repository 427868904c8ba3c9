"""Your slope at exactly 0 is 1/2, the middle between left and right. That is a reasonable choice, but everybody has to
make the same one, and the contract says 0.

Caught by: test_corner_at_zero, test_whole_numbers_give_floats
"""


def relu(z):
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def relu_derivative(z):
    return np.heaviside(z, 0.5)
