"""You stop when the points get out of hand. The contract asks for every step, whatever happens: the explosion is what
one needs to see.

Caught by: test_explosions_are_returned
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        if np.any(np.abs(x) > 1e6):
            break
        path.append(x)
    return np.array(path)
