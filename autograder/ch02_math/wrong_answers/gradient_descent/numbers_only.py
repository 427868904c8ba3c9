"""You turn the start into a Python float, so your function can walk on a line but not in a plane. `np.array(start,
dtype=np.float64)` takes numbers and arrays.

Caught by: test_vectors_and_tables, test_no_steps, test_start_of_whole_numbers, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = float(start)
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
