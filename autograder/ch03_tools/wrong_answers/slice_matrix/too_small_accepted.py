"""You never look at the shape. A range that reaches over the edge is no error in Python, it just ends there, and where
an error does come, it is an IndexError that does not say what was wrong with M.

Caught by: test_refuses_what_is_too_small, test_refuses_what_is_no_matrix
"""


def slice_matrix(M):
    return M[1], M[:, 2], M[:2, :2]
