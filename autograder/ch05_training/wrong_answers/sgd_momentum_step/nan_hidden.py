"""You replace `nan` by 0, so nobody ever learns that the gradient has gone wrong. Let it be seen.

Caught by: test_nan_is_not_hidden
"""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    velocity = np.asarray(velocity, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    if velocity.shape != param.shape:
        raise ValueError(f"velocity has shape {velocity.shape}")
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum is {momentum}")
    grad = np.nan_to_num(grad)
    v = momentum * velocity + grad
    return param - learning_rate * v, v
