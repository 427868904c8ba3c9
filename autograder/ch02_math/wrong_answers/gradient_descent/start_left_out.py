"""The start is missing from your path. It is the first of the steps + 1 points, before any step was taken.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_vectors_and_tables, test_no_steps,
test_start_of_whole_numbers, test_explosions_are_returned, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = []
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
