"""Pieces taken by `np.take` with lists of places: copies, no windows."""


def slice_matrix(M):
    """Take rows and columns by their numbers."""
    shape = np.shape(M)
    if len(shape) != 2 or shape < (2, 0) or shape[1] < 3:
        raise ValueError(f"M: expected at least 2 rows and 3 columns, received shape {shape}")
    first_rows = np.take(M, [0, 1], axis=0)
    return first_rows[1], np.take(M, 2, axis=1), np.take(first_rows, [0, 1], axis=1)
