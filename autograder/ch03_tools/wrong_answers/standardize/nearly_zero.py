"""Your constant columns are nearly 0, but not exactly: what remains is the rounding error of the mean, divided by 1.
Set these columns to 0.

Caught by: test_columns_of_equal_entries
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0)
