"""You treat every column with a standard deviation below some small number as constant. But a column measured in small
units varies as well as any other; only one whose entries are all equal does not.

Caught by: test_columns_of_any_scale
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    varies &= ~(X.std(axis=0) < 1e-4)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
