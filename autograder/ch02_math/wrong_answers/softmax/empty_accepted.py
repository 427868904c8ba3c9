"""You let scores of nothing pass, or let NumPy raise an error that names no argument. Look at `z.ndim` and `z.size`
first, and refuse a single number and an array without entries.

Caught by: test_refuses_scores_of_nothing
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    grown = np.exp(z - z.max(axis=-1, keepdims=True, initial=-np.inf))
    return grown / grown.sum(axis=-1, keepdims=True)
