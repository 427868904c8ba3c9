"""For a start that is a single number your path is a table with one column. Its shape should be (steps + 1,): as many
numbers as points.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_no_steps, test_start_of_whole_numbers,
test_explosions_are_returned
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.atleast_1d(np.array(start, dtype=float))
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
