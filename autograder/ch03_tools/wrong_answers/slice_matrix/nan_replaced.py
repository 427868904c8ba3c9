"""You replaced `nan` by 0. A missing number in the data is not ours to repair: a piece that holds a `nan` is a piece
like any other.

Caught by: test_whole_numbers_truth_values_and_nan
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return [np.where(part != part, np.zeros_like(part), part) for part in (M[1], M[:, 2], M[:2, :2])]
