"""You keep the points within bounds, so that a rate that is too large looks harmless. A run that blows up is a result,
and whoever chose the rate needs to see it.

Caught by: test_explosions_are_returned
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = [x]
    for _ in range(steps):
        x = np.clip(x - learning_rate * gradient(x), -1000.0, 1000.0)
        path.append(x)
    return np.array(path)
