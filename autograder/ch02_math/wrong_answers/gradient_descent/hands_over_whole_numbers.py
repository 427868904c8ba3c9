"""You make floats of the points only when you put them into the path. The first one is handed to the gradient as it
came, whole numbers or even a list, and the gradient may compute with whole numbers then. Convert the start first.

Caught by: test_start_of_whole_numbers
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = start
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path, dtype=float)
