"""You stretch a size whenever it divides the other, as if 2 could be repeated to make 4. NumPy repeats a single entry
only: just a size of 1 is stretched.

Caught by: test_axes_without_entries, test_all_shapes_of_up_to_three_axes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    out = []
    for s, t in zip(p, q):
        small, large = min(s, t), max(s, t)
        if s == t or (small == 1 or (small > 1 and large % small == 0)):
            out.append(t if s == 1 else s if t == 1 else large)
        else:
            raise ValueError(f"a and b do not fit: {a} and {b}")
    return tuple(out)
