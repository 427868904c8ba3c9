"""Your standard deviation divides by n - 1 (`ddof=1`, which is also what PyTorch and pandas do unless told otherwise).
Here it is n. The results differ by a factor that is close to 1 for many rows, but not equal to it.

Caught by: test_columns_of_any_scale, test_square_tables, test_columns_of_equal_entries, test_numbers_far_from_zero,
test_whole_numbers_and_float32, test_nan_spoils_its_own_column_only, test_no_warning, test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    spread = X.std(axis=0, ddof=1) if len(X) > 1 else np.ones(X.shape[1])
    return np.where(varies, (X - X.mean(axis=0)) / np.where(varies, spread, 1.0), 0.0)
