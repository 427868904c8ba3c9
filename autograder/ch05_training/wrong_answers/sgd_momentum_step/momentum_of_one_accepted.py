"""You refuse a momentum above 1, but 1 itself passes. Nothing is ever forgotten then.

Caught by: test_refuses_an_impossible_momentum
"""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    velocity = np.asarray(velocity, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    if velocity.shape != param.shape:
        raise ValueError(f"velocity has shape {velocity.shape}")
    if momentum < 0 or momentum > 1:
        raise ValueError(f"momentum is {momentum}")
    v = momentum * velocity + grad
    return param - learning_rate * v, v
