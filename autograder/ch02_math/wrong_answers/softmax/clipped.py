"""You cut the scores to a range before the exponential, so that nothing overflows. But two scores beyond the edge
become equal, although one of them may be far ahead. Subtract the largest score instead.

Caught by: test_rows_of_different_heights, test_large_scores_cause_no_warning
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    grown = np.exp(np.clip(z, -500, 500))
    return grown / grown.sum(axis=-1, keepdims=True)
