"""For a table of whole numbers your result holds whole numbers again: you wrote it into an array like X, and that
cannot hold anything else. Make the result an array of floats.

Caught by: test_whole_numbers_and_float32
"""


def standardize(X):
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    result = np.zeros_like(X)
    result[:, varies] = ((X - X.mean(axis=0)) / np.where(varies, X.std(axis=0), 1.0))[:, varies]
    return result
