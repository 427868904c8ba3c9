"""For a matrix of whole numbers your result is made of whole numbers too, and fractions are cut off when x has some.
Make the buffer a float array, whatever W is made of.

Caught by: test_lists_of_whole_numbers
"""


def matvec(W, x):
    W, x = np.asarray(W), np.asarray(x)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    result = np.zeros(len(W), dtype=W.dtype)
    for i in range(len(W)):
        result[i] = dot(W[i], x)
    return result
