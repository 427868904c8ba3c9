"""A column that holds a `nan` comes out as 0 in yours. Comparisons with `nan` are all false, so such a column looks as
if it did not vary. It must stay visible that a number is missing.

Caught by: test_nan_spoils_its_own_column_only, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = X.max(axis=0) > X.min(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
