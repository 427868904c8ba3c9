"""The path as an accumulation of the same update."""

import itertools


def gradient_descent(gradient, start, learning_rate, steps):
    """Apply the update again and again and keep every result."""
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}")
    first = np.asarray(start, dtype=float) if np.ndim(start) else float(start)
    updates = itertools.accumulate(range(steps), lambda x, _: x - learning_rate * gradient(x), initial=first)
    return np.stack([np.asarray(point) for point in updates])
