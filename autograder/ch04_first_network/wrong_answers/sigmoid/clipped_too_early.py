"""You cut z to a range before the exponential, a good idea against overflow, but the range is too narrow: beyond it the
curve stops moving, although its true value still changes. `np.exp` is safe up to about 700, so there is plenty of room.

Caught by: test_large_entries_cause_no_warning
"""


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))
