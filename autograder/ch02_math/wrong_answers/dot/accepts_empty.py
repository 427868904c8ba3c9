"""For two vectors without entries you return 0, the sum of nothing. Nobody multiplies empty vectors on purpose, so
refuse them and say what came.

Caught by: test_refuses_empty_vectors
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    return sum(x * y for x, y in zip(a, b))
