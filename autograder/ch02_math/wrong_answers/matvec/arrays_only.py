"""Your function asks for `W.shape` right away, and a list of rows has none. `np.asarray(W, dtype=np.float64)` makes an
array of whatever came in, and leaves an array as it is.

Caught by: test_lists_of_whole_numbers
"""


def matvec(W, x):
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    return np.array([float(dot(row, x)) for row in W])
