"""You look at the number of rows but not at the number of columns. A matrix with two columns has no third one, and the
IndexError that then comes does not name M or show its shape.

Caught by: test_refuses_what_is_too_small
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
