"""You subtract the largest score of the whole table. A row that lies far below it then has exponentials that are all 0,
and 0 divided by 0 is `nan`; one `nan` spoils all rows, too. Each row has a largest score of its own.

Caught by: test_rows_of_different_heights, test_large_scores_cause_no_warning, test_nan_spoils_its_own_row_only
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    grown = np.exp(z - z.max())
    return grown / grown.sum(axis=-1, keepdims=True)
