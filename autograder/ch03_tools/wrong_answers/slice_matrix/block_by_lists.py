"""`M[[0, 1], [0, 1]]` pairs the two lists up and picks the entries (0, 0) and (1, 1), a diagonal. For a block use two
ranges, `:2` for the rows and `:2` for the columns.

Caught by: test_top_left_block, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[[0, 1], [0, 1]]
