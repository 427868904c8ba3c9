"""The result is right, but `@` did the work. It is excluded in this exercise, because afterwards you will use it for
the rest of your life without looking inside. Ask your dot about each row.

Caught by: test_no_matrix_product_of_numpy
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    return W @ x
