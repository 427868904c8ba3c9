"""Your formula is right, and for z = -1000 it asks NumPy for e^1000, which no float64 can hold. The result happens to
come out right, but the warning says that something infinite was met on the way. For negative z use the second form of
the text, so that the exponent is never large and positive.

Caught by: test_large_entries_cause_no_warning
"""


def sigmoid(z):
    return 1 / (1 + np.exp(-z))
