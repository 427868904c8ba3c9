"""An array for all points, made in advance and filled row by row."""


def gradient_descent(gradient, start, learning_rate, steps):
    """Fill a table of points."""
    if steps < 0:
        raise ValueError(f"steps is {steps}")
    path = np.empty((steps + 1, *np.shape(start)))
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
