"""You took one mean and one standard deviation of the whole table. Every column has its own: name the axis,
`X.mean(axis=0)`.

Caught by: test_columns_of_any_scale, test_square_tables, test_columns_of_equal_entries, test_numbers_far_from_zero,
test_whole_numbers_and_float32, test_nan_spoils_its_own_column_only, test_no_warning, test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean()) / (X.std() or 1.0), 0.0)
