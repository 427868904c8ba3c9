"""You subtracted the median, the entry in the middle. The formula asks for the mean, the sum divided by the number.

Caught by: test_columns_of_any_scale, test_square_tables, test_columns_of_equal_entries, test_numbers_far_from_zero,
test_whole_numbers_and_float32, test_nan_spoils_its_own_column_only, test_no_warning, test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - np.median(X, axis=0)) / np.where(varies, X.std(axis=0), 1.0), 0.0)
