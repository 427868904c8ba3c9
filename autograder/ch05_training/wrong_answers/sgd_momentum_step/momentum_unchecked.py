"""You accept any momentum. With 1 nothing is ever forgotten, and the ball flies off; a negative one turns it round in
each step. Refuse both, and show the value.

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
    v = momentum * velocity + grad
    return param - learning_rate * v, v
