"""A vector goes through yours as if it were a column. It might just as well be a row, and nobody can know. Ask for
exactly two axes.

Caught by: test_refuses_what_is_no_table
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim not in (1, 2) or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    if X.ndim == 1:
        return standardize(X[:, np.newaxis])[:, 0]
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
