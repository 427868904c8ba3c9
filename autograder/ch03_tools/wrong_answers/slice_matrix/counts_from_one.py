"""You counted rows and columns from 1. Python counts from 0: the second row is row 1, the third column is column 2, and
the block begins at row 0 and column 0.

Caught by: test_second_row, test_third_column, test_top_left_block, test_wide_and_tall_matrices,
test_whole_numbers_truth_values_and_nan, test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 3 or M.shape[1] < 4:
        raise ValueError(f"M has shape {M.shape}")
    return M[2], M[:, 3], M[1:3, 1:3]
