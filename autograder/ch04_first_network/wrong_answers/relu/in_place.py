"""`z[z < 0] = 0` writes into the array that the caller still holds: the negative sums are gone for good, and the backward
pass can no longer see which they were. Return a new array instead.

Caught by: test_input_stays_as_it_was
"""


def relu(z):
    z = np.asarray(z)
    z[z < 0] = 0
    return z.astype(float)


def relu_derivative(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)
