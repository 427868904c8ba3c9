"""Your steps go uphill: the gradient points to where the function rises, and you follow it. Gradient descent goes the
other way, hence the minus.

Caught by: test_parabola_of_the_text, test_random_parabolas, test_vectors_and_tables, test_start_of_whole_numbers,
test_explosions_are_returned, test_start_stays_as_it_was
"""


def gradient_descent(gradient, start, learning_rate, steps):
    if steps < 0:
        raise ValueError(f"steps must not be negative, got {steps}")
    x = np.array(start, dtype=float)[()]
    path = [x]
    for _ in range(steps):
        x = x + learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
