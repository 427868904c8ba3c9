"""You fold the targets into the shape of the predictions. It helps when one axis is missing, and it hides the day on
which the targets are transposed or belong to something else. The contract refuses targets of another shape.

Caught by: test_refuses_another_shape_with_as_many_rows, test_refuses_another_number_of_rows
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    y = y.reshape(output.shape)
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.mean((output - y) ** 2)
