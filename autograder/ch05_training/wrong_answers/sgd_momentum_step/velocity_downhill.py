"""Your velocity points downhill, since you subtract the gradient from it, and you add it to the parameters. The
parameters are right, but the velocity has the other sign than PyTorch's. Add the gradient, and subtract the step.

Caught by: test_one_step, test_hundred_steps_agree_with_torch, test_whole_numbers_and_float32, test_nan_is_not_hidden,
test_arguments_stay_as_they_were
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
    v = momentum * velocity - grad
    return param + learning_rate * v, v
