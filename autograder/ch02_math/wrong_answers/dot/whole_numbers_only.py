"""You turn every product into a whole number, and what stood after the point is gone: 3 times 0.5 is 1.5. Add up the
products as they are.

Caught by: test_vectors_of_any_length, test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(int(x * y) for x, y in zip(a, b))
