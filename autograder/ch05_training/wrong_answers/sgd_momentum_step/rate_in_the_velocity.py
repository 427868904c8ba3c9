"""You put the learning rate into the velocity. The parameters come out the same as long as the rate stays, but the
velocity that you hand back is smaller than PyTorch's by that factor.

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
    v = momentum * velocity + learning_rate * grad
    return param - v, v
