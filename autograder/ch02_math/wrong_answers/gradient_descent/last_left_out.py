"""Your path ends one point too early: you note each point before its step and forget the one after the last step. There
are steps + 1 points in all.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_vectors_and_tables, test_no_steps,
test_start_of_whole_numbers, test_explosions_are_returned, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = []
    for _ in range(steps):
        path.append(x)
        x = x - learning_rate * gradient(x)
    return np.array(path)
