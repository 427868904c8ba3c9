"""You leave it to NumPy to complain about a vector that does not fit, and NumPy would rather stretch than complain: one
number is multiplied into every column. Compare the shape of x with (cols,) yourself.

Caught by: test_refuses_vectors_that_do_not_fit
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    return (W * x).sum(axis=1)
