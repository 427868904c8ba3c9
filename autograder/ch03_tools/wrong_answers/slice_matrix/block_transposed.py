"""Your block is transposed: rows and columns have changed places. The first row of the block is the beginning of the
first row of M.

Caught by: test_top_left_block, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2].T
