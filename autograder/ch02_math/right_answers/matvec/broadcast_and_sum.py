"""Entry-by-entry products of the whole table at once, then a sum along each row."""


def matvec(W, x):
    """Multiply every row by x entry by entry, then add along the rows."""
    W, x = np.array(W, dtype=float), np.array(x, dtype=float)
    if W.ndim != 2 or W.size == 0:
        raise ValueError(f"bad shape of W: {W.shape}")
    if x.shape != (W.shape[1],):
        raise ValueError(f"bad shape of x: {x.shape}")
    return (W * x).sum(axis=1)


assert np.allclose(matvec([[1, 2], [3, 4], [5, 6]], [10, 20]), np.array([[1, 2], [3, 4], [5, 6]]) @ [10, 20])
