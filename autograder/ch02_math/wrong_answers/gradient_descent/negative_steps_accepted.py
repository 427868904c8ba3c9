"""A negative number of steps gives the start alone, because `range` of it is empty. It is certainly a mistake of the
caller: refuse it.

Caught by: test_refuses_a_negative_number_of_steps
"""


def gradient_descent(gradient, start, learning_rate, steps):
    x = np.array(start, dtype=float)[()]
    path = [x]
    for _ in range(steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
