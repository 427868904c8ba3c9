"""Targets of another shape go through, and NumPy stretches both arrays until they fit: with `(N, 1)` and `(N,)` it
compares every prediction with every target, N times N differences. Compare the shapes first and refuse what differs.

Caught by: test_refuses_another_shape_with_as_many_rows, test_refuses_another_number_of_rows
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.mean((output - y) ** 2)
