"""Your function takes anything for a matrix: a stack of tables, or one without entries. Look at `W.ndim` and `W.size`
first, and refuse what has not exactly two axes and at least one entry.

Caught by: test_refuses_what_is_no_matrix
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if x.shape != W.shape[-1:]:
        raise ValueError(f"x has shape {x.shape}")
    return np.array([(row * x).sum() for row in W])
