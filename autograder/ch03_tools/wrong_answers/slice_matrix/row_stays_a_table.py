"""`M[1:2]` holds the right numbers, but as a table with one row: a range keeps its axis. A single number takes it away,
and the row is a vector of shape (cols,).

Caught by: test_second_row, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1:2], M[:, 2], M[:2, :2]
