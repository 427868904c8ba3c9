"""You put the three pieces into one array. They have different shapes, so that only works by luck. Return three arrays:
`return row, column, block`.

Caught by: test_second_row, test_third_column, test_top_left_block, test_wide_and_tall_matrices,
test_whole_numbers_truth_values_and_nan, test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return np.concatenate([M[1], M[:, 2], M[:2, :2].ravel()])
