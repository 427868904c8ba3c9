"""Your `return` stands inside the loop, so the function ends after the first pair. Move it to the left, below the loop,
so that it is reached when all pairs have been added.

Caught by: test_example_of_the_text, test_vectors_of_any_length, test_whole_numbers_and_floats,
test_large_whole_numbers, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    total = 0
    for x, y in zip(a, b):
        total += x * y
        return total
