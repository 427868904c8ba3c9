"""The second reading of the text: a mixture of the columns."""


def matvec(W, x):
    """Mix the columns of W in the amounts that x says."""
    W, x = np.asarray(W), np.asarray(x)
    if W.ndim != 2 or not W.size:
        raise ValueError(f"W must be a table, got shape {W.shape}")
    if x.ndim != 1 or len(x) != W.shape[1]:
        raise ValueError(f"x must have {W.shape[1]} entries, got shape {x.shape}")
    mixture = np.zeros(len(W))
    for amount, column in zip(x, W.T, strict=True):
        mixture = mixture + amount * column
    return mixture
