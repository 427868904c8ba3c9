"""You go through `z` with a loop and `math.exp`. That works for one row of moderate numbers, but the entries of a table
are rows, a single number cannot be looped over, and `math.exp` raises an error where it overflows. `np.exp` takes
arrays of any shape at once.

Caught by: test_keeps_any_shape, test_single_numbers, test_large_entries_cause_no_warning, test_input_stays_as_it_was
"""

import math


def sigmoid(z):
    return np.array([1 / (1 + math.exp(-number)) for number in z])
