"""The numbers are right, but `np.dot` did the work that was yours, and it brought NumPy's limits with it: its whole
numbers overflow silently beyond about nine billion billions. Write the loop once by hand; afterwards you know what
`np.dot` does.

Caught by: test_large_whole_numbers, test_no_product_of_numpy
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return np.dot(a, b)
