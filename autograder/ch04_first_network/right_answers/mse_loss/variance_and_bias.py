"""The mean square as variance plus the square of the mean, returned as an array without axes."""


def mse_loss(output, y):
    """Return the mean squared error."""
    if output.shape != y.shape:
        raise ValueError(f"y has shape {y.shape} where output has {output.shape}")
    if 0 in output.shape:
        raise ValueError(f"output has shape {output.shape}, so there is nothing to average")
    difference = np.subtract(output, y)
    return np.asarray(difference.var() + difference.mean() ** 2)
