"""For h = 0 you divide by zero, and for `nan` you return `nan`. Refuse a step that is not positive, and say what it
was.

Caught by: test_refuses_a_step_that_is_not_positive
"""


def numerical_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)
