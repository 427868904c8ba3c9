"""You turn the vectors into arrays and multiply those. NumPy's whole numbers have a largest value, and beyond it they
start again from below, without a word: with large entries your result is far off. Python's own numbers just grow.

Caught by: test_large_whole_numbers
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return (np.asarray(a) * np.asarray(b)).sum()
