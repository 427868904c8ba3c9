"""You added a small number to the standard deviation so that it is never 0. That changes every result a little, and a
column of small numbers a lot. Treat the columns that do not vary apart.

Caught by: test_columns_of_any_scale, test_square_tables, test_columns_of_equal_entries, test_whole_numbers_and_float32,
test_nan_spoils_its_own_column_only, test_no_warning, test_argument_stays_as_it_was
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    varies = (X != X[0]).any(axis=0)
    return np.where(varies, (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8), 0.0)
