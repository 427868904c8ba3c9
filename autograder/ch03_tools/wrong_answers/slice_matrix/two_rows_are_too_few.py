"""You refuse a matrix with exactly two rows, but it has a second row, number 1. Only fewer than two are too few.

Caught by: test_second_row, test_third_column, test_top_left_block
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 3 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
