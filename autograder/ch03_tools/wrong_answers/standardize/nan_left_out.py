"""You leave `nan` out of means and deviations (`np.nanmean` and its like). That hides that numbers are missing. The
contract wants the whole column `nan`, so that somebody decides what to do.

Caught by: test_nan_spoils_its_own_column_only, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mean, spread = np.nanmean(X, axis=0), np.nanstd(X, axis=0)
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - mean) / np.where(varies & (spread != 0), spread, 1.0), 0.0)
