"""Your result for float32 entries is only as exact as float32. Convert at the beginning: `np.asarray(X,
dtype=np.float64)`.

Caught by: test_whole_numbers_and_float32
"""


def standardize(X):
    X = X.astype(np.promote_types(X.dtype, np.float32))
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), X.dtype.type(1)), X.dtype.type(0))
