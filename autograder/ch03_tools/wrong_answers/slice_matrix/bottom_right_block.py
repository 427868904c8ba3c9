"""You cut the block at the bottom right: negative numbers count from the end. The top left begins at row 0 and column
0.

Caught by: test_top_left_block, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[-2:, -2:]
