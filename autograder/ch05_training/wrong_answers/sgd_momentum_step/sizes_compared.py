"""You compare the number of entries. A (2, 3) gradient for (3, 2) parameters has as many, and nothing fits. Compare the
shapes.

Caught by: test_refuses_other_shapes
"""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    velocity = np.asarray(velocity, dtype=float)
    if grad.size != param.size:
        raise ValueError(f"grad has shape {grad.shape}")
    if velocity.size != param.size:
        raise ValueError(f"velocity has shape {velocity.shape}")
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum is {momentum}")
    v = momentum * velocity + grad
    return param - learning_rate * v, v
