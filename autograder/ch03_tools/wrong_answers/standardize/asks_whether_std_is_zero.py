"""You ask whether the standard deviation is 0. For a column like 0.1, 0.1, 0.1, … it comes out as something tiny
instead, because the mean is rounded, and the column is blown up to ones. Ask whether the entries are equal.

Caught by: test_columns_of_equal_entries
"""


def standardize(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or X.size < 1:
        raise ValueError(f"X has shape {X.shape}")
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1.0, spread)
