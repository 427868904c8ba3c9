"""You look for negative sizes in the first shape only. Both may be bad.

Caught by: test_refuses_negative_sizes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a),):
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
    return tuple(out)
