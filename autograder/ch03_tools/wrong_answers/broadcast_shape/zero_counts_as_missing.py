"""You take a size of 0 for "nothing there", as Python does in `s or 1`. But 0 is a real size, of an axis without
entries, and it stays 0.

Caught by: test_axes_without_entries, test_all_shapes_of_up_to_three_axes, test_refuses_sizes_that_do_not_fit
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + [s or 1 for s in a]
    q = [1] * (len(a) - len(b)) + [s or 1 for s in b]
    for s, t in zip(p, q):
        if s != t and 1 not in (s, t):
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(t if s == 1 else s for s, t in zip(p, q))
