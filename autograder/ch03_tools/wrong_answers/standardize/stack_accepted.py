"""A stack of tables, with three axes, goes through yours. Ask for exactly two axes.

Caught by: test_refuses_what_is_no_table
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim < 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
