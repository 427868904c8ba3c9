"""You divide by 0 first and repair the `nan` afterwards. NumPy warns about the division, and a `nan` that was in the
data is repaired away as well. Divide only where there is something to divide by.

Caught by: test_nan_spoils_its_own_column_only, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    result = np.nan_to_num((X - X.mean(axis=0)) / X.std(axis=0))
    return np.where(varies, result, 0.0)
