"""A plain loop over pairs of numbers, and a Python float as result."""


def mse_loss(output, y):
    """Return the mean squared error."""
    if tuple(output.shape) != tuple(y.shape):
        raise ValueError(f"y must look like output {output.shape}, not like {y.shape}")
    if not output.size:
        raise ValueError(f"output has no entries: {output.shape}")
    total = 0.0
    for prediction, target in zip(output.ravel(), y.ravel(), strict=True):
        total += (float(prediction) - float(target)) ** 2
    return total / output.size
