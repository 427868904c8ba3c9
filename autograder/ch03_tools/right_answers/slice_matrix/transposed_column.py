"""The column as a row of the transposed matrix, the block by splitting; a list of pieces."""


def slice_matrix(M):
    """Cut by unpacking, transposing and splitting."""
    try:
        rows, cols = M.shape
    except ValueError:
        raise ValueError(f"M must have two axes, got shape {M.shape}") from None
    if min(rows, cols - 1) < 2:
        raise ValueError(f"M of shape {M.shape} is too small")
    _, second, *_ = M
    left = np.hsplit(M, [2])[0]
    return [second, M.T[2], np.vsplit(left, [2])[0]]
