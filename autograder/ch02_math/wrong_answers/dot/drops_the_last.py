"""The last pair is missing from your sum: `range(len(a) - 1)` ends before it. Python's `range(n)` already leaves n out,
so `range(len(a))` reaches exactly the last entry. Try it with vectors of one entry.

Caught by: test_example_of_the_text, test_vectors_of_any_length, test_whole_numbers_and_floats,
test_large_whole_numbers, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    total = 0
    for i in range(len(a) - 1):
        total += a[i] * b[i]
    return total
