"""Your message shows the shapes after you filled them up with 1s. The reader is looking for the shapes that they
passed; keep those for the message.

Caught by: test_refuses_shapes_aligned_on_the_right
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
            raise ValueError(f"a and b do not fit: {tuple(p)} and {tuple(q)}")
    return tuple(out)
