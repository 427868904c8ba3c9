"""Your sizes are right, but in reverse order. Whoever walks from right to left has to turn the result round at the end.

Caught by: test_shapes_of_equal_length, test_shapes_of_different_length, test_single_numbers, test_axes_without_entries,
test_many_axes_and_huge_sizes, test_all_shapes_of_up_to_three_axes, test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p, q = list(a)[::-1], list(b)[::-1]
    p, q = p + [1] * (len(q) - len(p)), q + [1] * (len(p) - len(q))
    out = []
    for s, t in zip(p, q):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {a} and {b}")
        out.append(t if s == 1 else s)
    return tuple(out)
