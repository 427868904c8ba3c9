"""`output -= y` writes the differences into the caller's predictions, which are gone afterwards; the backward pass
still needs them. Write `output - y`, which makes a new array.

Caught by: test_arguments_stay_as_they_were
"""


def mse_loss(output, y):
    output, y = np.asarray(output), np.asarray(y)
    if y.shape != output.shape:
        raise ValueError(f"y has shape {y.shape}, but output has {output.shape}")
    if output.size == 0:
        raise ValueError(f"output is empty: {output.shape}")
    output -= y
    return np.mean(output**2)
