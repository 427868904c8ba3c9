"""Only the first shape may be stretched in yours. Either of the two may have the 1: (3, 1) and (1, 4) give (3, 4).

Caught by: test_shapes_of_equal_length, test_shapes_of_different_length, test_single_numbers, test_axes_without_entries,
test_many_axes_and_huge_sizes, test_all_shapes_of_up_to_three_axes, test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    for s, t in zip(p, q):
        if s != t and s != 1:
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(q)
