"""`(z > 0).astype(float)` works for arrays. For a single number `z > 0` is a plain True or False of Python, and that has
no `astype`. Let `np.asarray` make an array of whatever comes in.

Caught by: test_single_numbers
"""


def relu(z):
    return np.maximum(0.0, z)


def relu_derivative(z):
    return (z > 0).astype(float)
