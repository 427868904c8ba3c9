"""You accept negative sizes. No axis has fewer than no entries, so such a shape is a mistake of the caller's; say so,
with the name of the argument.

Caught by: test_refuses_negative_sizes
"""


def broadcast_shape(a, b):
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
