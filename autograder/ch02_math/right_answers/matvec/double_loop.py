"""Two loops, without dot and without any operation on whole arrays."""


def matvec(W, x):
    """Multiply row by row, entry by entry."""
    shape_W, shape_x = np.shape(W), np.shape(x)
    if len(shape_W) != 2 or 0 in shape_W:
        raise ValueError(f"W has shape {shape_W}; a matrix with entries is needed")
    if shape_x != (shape_W[1],):
        raise ValueError(f"x has shape {shape_x}, which does not fit W")
    result = np.zeros(shape_W[0])
    for i in range(shape_W[0]):
        for j in range(shape_W[1]):
            result[i] += W[i][j] * x[j]
    return result
