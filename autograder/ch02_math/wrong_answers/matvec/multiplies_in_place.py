"""`row *= x` writes into the row, and the row is a piece of the caller's matrix: afterwards W holds other numbers.
Write `row * x`, which makes a new array.

Caught by: test_arguments_stay_as_they_were
"""


def matvec(W, x):
    W, x = np.asarray(W), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    if W.dtype != float:
        W = W.astype(float)
    sums = []
    for row in W:
        row *= x
        sums.append(row.sum())
    return np.array(sums)
