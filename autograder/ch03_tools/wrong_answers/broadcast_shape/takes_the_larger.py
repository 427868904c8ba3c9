"""You take the larger of two sizes that fit. That is right until an axis has no entries: 0 and 1 give 0, since the 1 is
stretched to 0.

Caught by: test_axes_without_entries, test_all_shapes_of_up_to_three_axes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    for s, t in zip(p, q):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(max(s, t) for s, t in zip(p, q))
