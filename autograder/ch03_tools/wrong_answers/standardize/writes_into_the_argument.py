"""`X -= …` writes into the table that you were given, and afterwards the caller's data have changed. (A read-only table
raises an error.) `X - …` makes a new one.

Caught by: test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    X -= X.mean(axis=0)
    return np.where(varies, X / np.where(varies, X.std(axis=0), 1.0), 0.0)
