"""From a start of whole numbers your path stays whole: the array that you keep the points in was made like the start,
and cuts off every fraction. Make it a float array.

Caught by: test_start_of_whole_numbers
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    start = np.asarray(start)
    path = np.zeros((steps + 1, *start.shape), dtype=start.dtype)
    path[0] = start
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
