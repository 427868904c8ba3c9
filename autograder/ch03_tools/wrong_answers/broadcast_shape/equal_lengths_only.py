"""You refuse shapes of different length. The shorter one is filled up with 1s on the left, and then they are equally
long.

Caught by: test_shapes_of_different_length, test_single_numbers, test_axes_without_entries,
test_many_axes_and_huge_sizes, test_all_shapes_of_up_to_three_axes, test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    if len(a) != len(b):
        raise ValueError(f"a and b do not fit: {a} and {b}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    out = []
    for s, t in zip(p, q):
        if s == t or t == 1:
            out.append(s)
        elif s == 1:
            out.append(t)
        else:
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(out)
