"""`M[:, 3]` is the fourth column, and a matrix with three columns does not have one. Columns are counted from 0 just
like rows.

Caught by: test_second_row, test_third_column, test_top_left_block, test_wide_and_tall_matrices,
test_whole_numbers_truth_values_and_nan, test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 3], M[:2, :2]
