"""You refuse a table with a single row. There is nothing wrong with it: in each column all entries are equal, so it
becomes a row of zeros.

Caught by: test_single_row, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1 or len(X) < 2:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
