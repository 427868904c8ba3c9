"""You refuse a matrix with exactly three columns, but it has a third column, number 2. Only fewer than three are too
few.

Caught by: test_second_row, test_third_column, test_top_left_block, test_wide_and_tall_matrices
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 4:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
