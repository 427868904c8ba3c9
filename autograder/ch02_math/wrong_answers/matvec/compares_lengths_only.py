"""You compare the length of x with the number of columns, and a table of shape (cols, 1) has that length as well. A
vector has exactly one axis: compare the whole shape.

Caught by: test_refuses_vectors_that_do_not_fit
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.size != W.shape[1]:
        raise ValueError(f"x has shape {x.shape}")
    return np.array([dot(row, x.ravel()) for row in W])
