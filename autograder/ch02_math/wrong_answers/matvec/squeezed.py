"""For a matrix of one row you return a bare number: `squeeze` removes every axis of length 1, also the one that is
meant to stay. The result has the shape (rows,), even if there is only one row.

Caught by: test_single_rows_and_columns
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    return np.squeeze([dot(row, x) for row in W])
