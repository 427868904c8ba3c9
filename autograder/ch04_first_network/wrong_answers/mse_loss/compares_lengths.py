"""You compare the number of rows, not the shapes. `(N, 1)` and `(N,)` have equally many, and yet NumPy stretches them
to `(N, N)`. Compare the whole shape.

Caught by: test_refuses_another_shape_with_as_many_rows
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if len(y) != len(output):
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.mean((output - y) ** 2)
