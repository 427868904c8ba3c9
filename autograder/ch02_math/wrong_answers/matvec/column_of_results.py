"""Your numbers are right, but they come back as a table with one column, of shape (rows, 1). A vector has one axis, so
the shape asked for is (rows,). Later functions would stretch such a column silently.

Caught by: test_wide_and_tall_matrices, test_square_matrices, test_single_rows_and_columns, test_lists_of_whole_numbers,
test_arguments_stay_as_they_were
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    return np.array([[dot(row, x)] for row in W])
