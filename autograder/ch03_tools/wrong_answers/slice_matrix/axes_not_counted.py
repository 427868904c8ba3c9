"""A stack of matrices has three axes, and your function cuts it without complaint. Ask for `M.ndim` first: exactly two
axes make a matrix.

Caught by: test_refuses_what_is_no_matrix
"""


def slice_matrix(M):
    if M.ndim < 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
