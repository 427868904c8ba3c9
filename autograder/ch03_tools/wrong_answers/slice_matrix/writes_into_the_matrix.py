"""Your pieces are windows onto the matrix, and you wrote into one of them: the caller's matrix has changed, and a
read-only one raises an error. Only read, or copy first.

Caught by: test_windows_onto_larger_arrays
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    row, column, block = M[1].copy(), M[:, 2].copy(), M[:2, :2].copy()
    M[1] = row * 0
    return row, column, block
