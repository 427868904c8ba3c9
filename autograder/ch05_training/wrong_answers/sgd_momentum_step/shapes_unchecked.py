"""You do not compare shapes. A gradient of shape (2,) is stretched over all rows of the parameters without a word.
Refuse it, and show its shape.

Caught by: test_refuses_other_shapes
"""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    velocity = np.asarray(velocity, dtype=float)
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum is {momentum}")
    v = momentum * velocity + grad
    return param - learning_rate * v, v
