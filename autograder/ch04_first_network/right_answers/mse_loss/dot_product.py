"""The differences as one long vector, multiplied by itself."""


def mse_loss(output, y):
    """Return the mean squared error."""
    if np.shape(output) != np.shape(y):
        raise ValueError(f"y: shape {np.shape(y)} differs from that of output, {np.shape(output)}")
    difference = (output - y).ravel().astype(float)
    if len(difference) == 0:
        raise ValueError(f"output: no entries in shape {np.shape(output)}")
    return difference @ difference / len(difference)
