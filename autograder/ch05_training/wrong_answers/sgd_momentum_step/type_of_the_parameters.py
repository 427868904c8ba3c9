"""You turn the results into the type of the parameters that came in. From whole numbers, every fraction is cut off.

Caught by: test_whole_numbers_and_float32
"""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    kind = np.asarray(param).dtype
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    velocity = np.asarray(velocity, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    if velocity.shape != param.shape:
        raise ValueError(f"velocity has shape {velocity.shape}")
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum is {momentum}")
    v = momentum * velocity + grad
    return (param - learning_rate * v).astype(kind), v.astype(kind)
