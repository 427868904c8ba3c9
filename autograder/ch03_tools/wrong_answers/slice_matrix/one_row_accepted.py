"""You look at the number of columns but not at the number of rows. A matrix with a single row has no second one, and
the IndexError that then comes does not name M or show its shape.

Caught by: test_refuses_what_is_too_small
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[1] < 3:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
