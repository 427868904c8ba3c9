"""You take the larger of two sizes without asking whether they fit. 3 and 4 do not: only a size of 1 is stretched, and
everything else has to be equal.

Caught by: test_axes_without_entries, test_all_shapes_of_up_to_three_axes, test_refuses_sizes_that_do_not_fit,
test_refuses_shapes_aligned_on_the_right
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    p = [1] * (len(b) - len(a)) + list(a)
    q = [1] * (len(a) - len(b)) + list(b)
    return tuple(max(s, t) for s, t in zip(p, q))
