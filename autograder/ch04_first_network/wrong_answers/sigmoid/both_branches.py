"""You picked the right formula for each side, but `np.where` chooses between two arrays that were both computed in full.
So each formula was also evaluated on the side where it overflows, and NumPy warned. Make the exponent harmless before
`np.exp` sees it, for example by giving it -|z|, or compute each formula on its own entries only.

Caught by: test_large_entries_cause_no_warning
"""


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
