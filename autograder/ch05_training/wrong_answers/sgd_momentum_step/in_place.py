"""`velocity *= momentum` writes into the caller's array. Write `momentum * velocity`, which makes a new one.

Caught by: test_hundred_steps_agree_with_torch, test_arguments_stay_as_they_were
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
    velocity *= momentum
    velocity += grad
    param -= learning_rate * velocity
    return param, velocity
