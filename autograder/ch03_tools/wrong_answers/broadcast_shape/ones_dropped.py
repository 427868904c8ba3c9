"""You leave out the axes of length 1. An axis on which both shapes have a 1 stays, with length 1: shapes keep their
number of axes.

Caught by: test_shapes_of_equal_length, test_single_numbers, test_all_shapes_of_up_to_three_axes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
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
    return tuple(s for s in out if s != 1)
