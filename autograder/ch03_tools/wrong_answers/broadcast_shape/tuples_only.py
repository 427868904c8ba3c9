"""You add tuples to what may be a list, and Python refuses to add the two. Turn both shapes into tuples first:
`tuple(a)`.

Caught by: test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = (1,) * (len(b) - len(a)) + a
    q = (1,) * (len(a) - len(b)) + b
    for s, t in zip(p, q):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(t if s == 1 else s for s, t in zip(p, q))
