"""One `nan` makes your whole table `nan`. It must stay in its own column: the others are innocent.

Caught by: test_nan_spoils_its_own_column_only, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    result = np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
    return result + 0.0 * X.sum()
