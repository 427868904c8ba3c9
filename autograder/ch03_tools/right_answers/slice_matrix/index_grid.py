"""The block by `np.ix_`, the row and the column by slices that are squeezed."""


def slice_matrix(M):
    """Cut with ranges and squeeze the axis of length 1."""
    if M.ndim != 2:
        raise ValueError(f"M must be a matrix, got shape {M.shape}")
    if M.shape[0] <= 1 or M.shape[1] <= 2:
        raise ValueError(f"M must have 2 rows and 3 columns at least, got shape {M.shape}")
    return M[1:2, :].squeeze(axis=0), M[:, 2:3].squeeze(axis=1), M[np.ix_([0, 1], [0, 1])]
