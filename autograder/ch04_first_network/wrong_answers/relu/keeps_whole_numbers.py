"""`np.maximum(0, z)` of an array of whole numbers is an array of whole numbers again. The contract promises floats, so
that nothing is cut off later. One of the two arguments has to be a float.

Caught by: test_whole_numbers_give_floats
"""


def relu(z):
    return np.maximum(0, z)


def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)
