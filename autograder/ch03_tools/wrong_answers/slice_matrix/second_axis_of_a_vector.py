"""You ask how many columns a vector has, and Python answers with an IndexError. Ask first whether there are two axes at
all.

Caught by: test_refuses_what_is_no_matrix
"""


def slice_matrix(M):
    if M.shape[1] < 3 or M.shape[0] < 2 or M.ndim != 2:
        raise ValueError(f"M has shape {M.shape}")
    return M[1], M[:, 2], M[:2, :2]
