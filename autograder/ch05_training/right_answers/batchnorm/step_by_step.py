"""The backward pass in small steps, through variance and mean; running averages written into the old arrays."""


def batchnorm_forward(x, gamma, beta, state, momentum, eps, training):  # noqa: PLR0913, PLR0917 - the contract
    """Normalize, step by step."""
    x = np.array(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] <= int(bool(training)):
        raise ValueError(f"x: {x.shape}")
    n, d = x.shape
    for name, values in (("gamma", np.asarray(gamma)), ("beta", np.asarray(beta))):
        if values.shape != (d,):
            raise ValueError(f"{name}: {values.shape}")
    if not training:
        return gamma * (x - state["running_mean"]) / (state["running_var"] + eps) ** 0.5 + beta, None
    mean = x.sum(axis=0) / n
    centred = x - mean
    variance = (centred**2).sum(axis=0) / n
    state["running_mean"] += momentum * (mean - state["running_mean"])
    state["running_var"] += momentum * (variance * n / (n - 1) - state["running_var"])
    inverse = 1 / np.sqrt(variance + eps)
    return np.asarray(gamma, dtype=np.float64) * centred * inverse + beta, (centred, inverse, np.array(gamma))


def batchnorm_backward(grad, cache):
    """Go back through the variance, then through the mean."""
    centred, inverse, gamma = cache
    grad = np.array(grad, dtype=np.float64)
    if grad.shape != centred.shape:
        raise ValueError(f"grad: {grad.shape}")
    n = len(grad)
    to_normal = grad * gamma
    to_variance = (to_normal * centred).sum(axis=0) * -0.5 * inverse**3
    to_mean = -(to_normal * inverse).sum(axis=0) - 2 * to_variance * centred.mean(axis=0)
    dx = to_normal * inverse + to_variance * 2 * centred / n + to_mean / n
    return [dx, (grad * centred * inverse).sum(axis=0), grad.sum(axis=0)]
