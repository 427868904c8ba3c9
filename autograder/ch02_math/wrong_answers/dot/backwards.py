"""You pair the first entry of one vector with the last of the other. Each entry belongs to the one at the same place:
first with first, last with last.

Caught by: test_example_of_the_text, test_vectors_of_any_length, test_whole_numbers_and_floats,
test_large_whole_numbers, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(a[i] * b[-1 - i] for i in range(len(a)))
