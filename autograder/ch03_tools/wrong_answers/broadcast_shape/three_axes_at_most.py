"""You fill up to three axes, but shapes may have any number of them. Fill up to the length of the longer one.

Caught by: test_many_axes_and_huge_sizes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    if max(len(a), len(b)) > 3:
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
