"""You filled up the caller's own list with `insert`, so it has changed after the call. Make a new list or tuple of it
first.

Caught by: test_lists
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p, q = (s if isinstance(s, list) else list(s) for s in (a, b))
    shown = f"{a} and {b}"
    while len(p) < len(q):
        p.insert(0, 1)
    while len(q) < len(p):
        q.insert(0, 1)
    for s, t in zip(p, q):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {shown}")
    return tuple(t if s == 1 else s for s, t in zip(p, q))
