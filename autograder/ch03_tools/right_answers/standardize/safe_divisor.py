"""Constant columns are found by comparing with the first row, and divided by 1."""


def standardize(X):
    """Put a harmless divisor where nothing varies."""
    X = np.array(X, dtype=float)
    if X.ndim != 2 or X.shape[0] == 0 or X.shape[1] == 0:
        raise ValueError(f"X must be a table with at least one row and one column, got {X.shape}")
    constant = np.ptp(X, axis=0) == 0
    X -= X.mean(axis=0, keepdims=True)
    X[:, constant] = 0.0
    return X / np.where(constant, 1.0, X.std(axis=0))
