"""Where the shapes do not fit you return None. Whoever called goes on with it and fails somewhere else, later. Raise a
ValueError that shows both shapes.

Caught by: test_all_shapes_of_up_to_three_axes, test_refuses_sizes_that_do_not_fit,
test_refuses_shapes_aligned_on_the_right
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
            return
    return tuple(out)
