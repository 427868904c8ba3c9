"""You add up all products of the whole table, and one number is left. Each row has a result of its own.

Caught by: test_wide_and_tall_matrices, test_square_matrices, test_single_rows_and_columns, test_lists_of_whole_numbers,
test_arguments_stay_as_they_were
"""


def matvec(W, x):
    W, x = np.asarray(W, dtype=float), np.asarray(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"W has shape {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"x has shape {x.shape}")
    return (W * x).sum()
