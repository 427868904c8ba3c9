"""You ask for the gradient once, at the start, and follow it for ever. The slope changes as you walk: ask again at
every point.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_vectors_and_tables, test_start_of_whole_numbers,
test_explosions_are_returned, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path, slope = [x], gradient(x)
    for _ in range(steps):
        x = x - learning_rate * slope
        path.append(x)
    return np.array(path)
