"""A loop over the rows is the right idea, but the product of each row is `np.dot`, which is excluded here. You have
written a `dot` of your own in exercise 1.

Caught by: test_no_matrix_product_of_numpy
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    rows = [np.dot(row, x) for row in W]
    return np.array(rows)
