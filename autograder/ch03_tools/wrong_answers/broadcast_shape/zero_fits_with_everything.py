"""In yours a size of 0 fits with every other size. It is a size like any other: it fits with 0 and with 1. Only a 1 is
stretched.

Caught by: test_all_shapes_of_up_to_three_axes, test_refuses_sizes_that_do_not_fit
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    out = []
    for s, t in zip(p, q):
        if s == t or t == 1 or s == 0:
            out.append(s)
        elif s == 1 or t == 0:
            out.append(t)
        else:
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(out)
