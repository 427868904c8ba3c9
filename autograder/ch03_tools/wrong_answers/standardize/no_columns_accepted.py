"""You refuse a table without rows, but not one without columns. Neither holds an entry; ask for `X.size`.

Caught by: test_refuses_tables_without_entries
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or len(X) < 1:
        raise ValueError(f"X has shape {X.shape}")
    if X.size < 1:
        return X.copy()
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
