"""`M[:2][:2]` cuts the rows twice and the columns not at all, so the block is as wide as the matrix. Both ranges belong
into one pair of brackets: rows, comma, columns.

Caught by: test_top_left_block, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2][:2]
