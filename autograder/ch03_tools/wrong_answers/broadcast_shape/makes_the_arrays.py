"""You make arrays of these shapes, add them, and look at what NumPy did. That costs as much memory as the arrays have
entries, and for large shapes there is not enough of it. The rule needs the sizes alone.

Caught by: test_many_axes_and_huge_sizes
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    try:
        return (np.zeros(a) + np.zeros(b)).shape
    except ValueError:
        raise ValueError(f"a and b do not fit: {a} and {b}") from None
