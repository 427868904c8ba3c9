"""You refuse what is no table, but your message does not show the shape that came. Put `{X.shape}` into it.

Caught by: test_refuses_tables_without_entries, test_refuses_what_is_no_table
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError("X is no table")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
