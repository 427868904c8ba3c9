"""`np.broadcast_shapes` knows the rule, and the exercise is to write it down yourself. From the next exercise on, use
theirs as much as you like.

Caught by: test_shapes_of_equal_length, test_shapes_of_different_length, test_single_numbers, test_axes_without_entries,
test_many_axes_and_huge_sizes, test_all_shapes_of_up_to_three_axes, test_no_function_that_knows_the_rule
"""


def broadcast_shape(a, b):
    for name, shape in (("a", a), ("b", b)):
        if any(size < 0 for size in shape):
            raise ValueError(f"{name} has a negative size: {shape}")
    try:
        return np.broadcast_shapes(tuple(a), tuple(b))
    except ValueError:
        raise ValueError(f"a and b do not fit: {a} and {b}") from None
