"""You walk down the columns where the rows are meant: this is the product with the transposed matrix. With as many rows
as columns it even seems to work. Result i is row i of W, dotted with x.

Caught by: test_wide_and_tall_matrices, test_square_matrices, test_single_rows_and_columns, test_lists_of_whole_numbers,
test_refuses_vectors_that_do_not_fit, test_arguments_stay_as_they_were
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[0],):
        raise ValueError(f"x has shape {x.shape}")
    return np.array([dot(column, x) for column in W.T])
