"""`zip` stops at the end of the shorter shape, so the axes that only the longer one has are lost. They belong to the
result: a missing size counts as 1.

Caught by: test_shapes_of_different_length, test_single_numbers, test_axes_without_entries,
test_many_axes_and_huge_sizes, test_all_shapes_of_up_to_three_axes, test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    out = []
    for s, t in zip(a[::-1], b[::-1]):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {a} and {b}")
        out.append(t if s == 1 else s)
    return tuple(out[::-1])
