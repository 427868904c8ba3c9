"""You made the result with `np.zeros_like(z)`, and an array of whole numbers stays one: everything after the point is
cut off, and almost every sigmoid becomes 0. Make the buffer a float array, whatever `z` is made of.

Caught by: test_single_numbers, test_whole_numbers_give_floats
"""


def sigmoid(z):
    result = np.zeros_like(z)
    result[...] = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return result
