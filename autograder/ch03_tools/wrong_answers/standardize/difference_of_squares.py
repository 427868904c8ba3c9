"""You computed the variance as the mean of the squares minus the square of the mean. On paper that is the same. But for
numbers far from 0 the two agree in nearly all digits, and what is left is noise. Subtract the mean first, then square.

Caught by: test_numbers_far_from_zero
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    spread = np.sqrt(np.abs((X**2).mean(axis=0) - X.mean(axis=0) ** 2))
    spread = np.where(varies & (spread == 0), 1.0, spread)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, spread, 1.0), 0.0)
