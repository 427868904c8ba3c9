"""A column of equal entries has the standard deviation 0, and 0/0 is `nan`, with a warning. Such a column must become
0. Find out which columns vary before you divide.

Caught by: test_columns_of_equal_entries, test_single_row, test_no_warning
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    return (X - X.mean(axis=0)) / X.std(axis=0)
