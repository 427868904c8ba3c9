"""You count the entries as rows times columns, so the function knows tables only. `output.size` is the number of
entries of any array, and `np.mean` does not need it at all.

Caught by: test_any_common_shape
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if y.shape != output.shape:
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    return np.sum((output - y) ** 2) / (output.shape[0] * output.shape[1])
