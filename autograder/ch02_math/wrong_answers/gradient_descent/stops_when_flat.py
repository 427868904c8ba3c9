"""You stop as soon as the steps become tiny. The caller asked for a number of steps and counts on steps + 1 points;
near the bottom they are simply close together.

Caught by: test_parabola_of_the_text
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = [x]
    for _ in range(steps):
        slope = gradient(x)
        if np.all(np.abs(learning_rate * slope) < 1e-6):
            break
        x = x - learning_rate * slope
        path.append(x)
    return np.array(path)
