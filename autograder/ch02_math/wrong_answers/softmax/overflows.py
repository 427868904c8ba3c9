"""Your formula is right on paper, but the exponential of a score above 709 does not fit into a float64: infinity
divided by infinity is `nan`. Subtract the largest score of the row first. It changes no share.

Caught by: test_rows_of_different_heights, test_large_scores_cause_no_warning
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    grown = np.exp(z)
    return grown / grown.sum(axis=-1, keepdims=True)
