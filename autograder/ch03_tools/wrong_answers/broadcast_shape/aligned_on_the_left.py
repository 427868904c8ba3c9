"""You aligned the shapes on the left and filled up the shorter one at its end. NumPy aligns on the right: the last
sizes stand below each other, and 1s are put in front.

Caught by: test_shapes_of_different_length, test_axes_without_entries, test_many_axes_and_huge_sizes,
test_all_shapes_of_up_to_three_axes, test_lists, test_refuses_shapes_aligned_on_the_right
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = list(a) + [1] * (len(b) - len(a))
    q = list(b) + [1] * (len(a) - len(b))
    out = []
    for s, t in zip(p, q):
        if s == t or t == 1:
            out.append(s)
        elif s == 1:
            out.append(t)
        else:
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(out)
