"""You look at the first size only when you search for negative ones. Any of them may be negative.

Caught by: test_refuses_negative_sizes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if len(shape) and shape[0] < 0:
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
    return tuple(out)
