"""The values are right, but they come back as one long row. Other functions add biases to the result and multiply it by
matrices, so it has to keep the shape of `z`.

Caught by: test_keeps_any_shape, test_single_numbers, test_input_stays_as_it_was
"""


def sigmoid(z):
    flat = np.ravel(z)
    return 0.5 * (1 + np.tanh(flat / 2))
