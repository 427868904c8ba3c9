"""Copies that are then changed in place."""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    """Change copies."""
    new, speed, slope = (np.array(value, dtype=np.float64) for value in (param, velocity, grad))
    for name, value in (("grad", slope), ("velocity", speed)):
        if value.shape != new.shape:
            raise ValueError(f"{name}: {value.shape} is not {new.shape}")
    if momentum >= 1 or momentum < 0:
        raise ValueError(f"momentum: {momentum}")
    speed *= momentum
    speed += slope
    new -= learning_rate * speed
    return new, speed
