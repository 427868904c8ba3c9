"""`M[2]` is the third row. Rows are counted from 0, so the second one is row 1. Your column is right, by the way: the
same counting.

Caught by: test_second_row, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[min(2, len(M) - 1)], M[:, 2], M[:2, :2]
