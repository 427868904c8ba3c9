"""`M[:][2]` is not a column: `M[:]` is the whole matrix again, and `[2]` then takes a row of it. Both axes belong in
one pair of brackets, separated by a comma.

Caught by: test_third_column, test_wide_and_tall_matrices, test_whole_numbers_truth_values_and_nan,
test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:][min(2, len(M) - 1)], M[:2, :2]
