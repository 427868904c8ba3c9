"""You turned the entries into floats. Cutting changes no entry: whole numbers stay whole numbers, and truth values stay
truth values.

Caught by: test_whole_numbers_truth_values_and_nan
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1].astype(np.float64), M[:, 2].astype(np.float64), M[:2, :2].astype(np.float64)
