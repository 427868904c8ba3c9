"""You refuse what does not fit, but your message does not show the shape that came. Whoever reads it wants to find the
mistake without a debugger: put `{M.shape}` into it.

Caught by: test_refuses_what_is_too_small, test_refuses_what_is_no_matrix
"""


def slice_matrix(M):
    if M.ndim != 2 or M.shape[0] < 2 or M.shape[1] < 3:
        raise ValueError("M is too small")
    return M[1], M[:, 2], M[:2, :2]
