"""You make the learning rate smaller from step to step. That can be a good idea (chapter 5), but it is not asked for
here: the rate stays what the caller said.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_vectors_and_tables, test_start_of_whole_numbers,
test_explosions_are_returned, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = [x]
    for k in range(steps):
        x = x - learning_rate / (k + 1) * gradient(x)
        path.append(x)
    return np.array(path)
