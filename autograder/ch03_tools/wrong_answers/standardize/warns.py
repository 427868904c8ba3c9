"""Your table is right, but NumPy warned on the way: `np.where` computes both of its branches everywhere, and in one of
them you divide by 0. Put a harmless divisor where the entries are equal, or divide only where they are not.

Caught by: test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / X.std(axis=0), 0.0)
