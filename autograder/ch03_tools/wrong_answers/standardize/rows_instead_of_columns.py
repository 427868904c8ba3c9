"""You standardised the rows. The axis that you name is the one that disappears: `axis=0` runs down the rows and leaves
one mean for each column.

Caught by: test_columns_of_any_scale, test_square_tables, test_columns_of_equal_entries, test_numbers_far_from_zero,
test_whole_numbers_and_float32, test_nan_spoils_its_own_column_only, test_single_row, test_no_warning,
test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[:, :1]).any(axis=1, keepdims=True)
    spread = np.where(varies, X.std(axis=1, keepdims=True), 1.0)
    return np.where(varies, (X - X.mean(axis=1, keepdims=True)) / spread, 0.0)
