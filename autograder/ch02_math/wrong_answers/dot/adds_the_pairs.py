"""Inside the sum you add the two entries of a pair; they are to be multiplied. For [2] and [5] the result is 10, not 7.

Caught by: test_example_of_the_text, test_vectors_of_any_length, test_whole_numbers_and_floats,
test_large_whole_numbers, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(x + y for x, y in zip(a, b))
