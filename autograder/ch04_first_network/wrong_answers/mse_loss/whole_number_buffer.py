"""You store the differences in an array made like `y`. Targets are often whole numbers, and in an array of whole
numbers every difference below 1 becomes 0. Let NumPy choose the dtype.

Caught by: test_whole_numbers_are_fair_targets
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if y.shape != output.shape:
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    difference = np.zeros_like(y)
    difference[...] = output - y
    return np.mean(difference**2)
