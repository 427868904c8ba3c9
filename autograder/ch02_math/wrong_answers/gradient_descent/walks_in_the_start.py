"""You walk in the caller's own array: `np.asarray` makes no copy of a float array, and `x -= …` writes into it. Begin
with `np.array(start, dtype=np.float64)`, which does copy.

Caught by: test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.asarray(start, dtype=float)
    path = [x.copy()]
    for _ in range(steps):
        x -= learning_rate * gradient(x)
        path.append(x.copy())
    return np.array(path)
