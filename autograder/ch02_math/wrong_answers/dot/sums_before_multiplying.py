"""You add up each vector first and multiply the two sums. That also multiplies every entry of a with every entry of b,
not only with its partner. Multiply pair by pair, and add up the products at the end.

Caught by: test_example_of_the_text, test_vectors_of_any_length, test_whole_numbers_and_floats,
test_large_whole_numbers, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(a) * sum(b)
