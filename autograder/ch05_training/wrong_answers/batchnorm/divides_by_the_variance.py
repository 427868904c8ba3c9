"""You divide by the variance. The standard deviation is its root.

Caught by: test_training_agrees_with_torch, test_evaluation_uses_the_running_averages,
test_constant_columns_become_beta, test_gradients, test_whole_numbers_and_float32, test_nan_spoils_its_own_column_only
"""


def batchnorm_forward(x, gamma, beta, state, momentum, eps, training):
    x, gamma, beta = np.asarray(x, dtype=float), np.asarray(gamma, dtype=float), np.asarray(beta, dtype=float)
    if x.ndim != 2 or len(x) < (2 if training else 1):
        raise ValueError(f"x has shape {x.shape}")
    if gamma.shape != (x.shape[1],):
        raise ValueError(f"gamma has shape {gamma.shape}")
    if beta.shape != (x.shape[1],):
        raise ValueError(f"beta has shape {beta.shape}")
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        state["running_mean"] = (1 - momentum) * state["running_mean"] + momentum * mean
        state["running_var"] = (1 - momentum) * state["running_var"] + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = state["running_mean"], state["running_var"]
    x_hat = (x - mean) / (var + eps)
    return gamma * x_hat + beta, {"x_hat": x_hat, "gamma": gamma, "std": np.sqrt(var + eps)}


def batchnorm_backward(grad, cache):
    grad = np.asarray(grad, dtype=float)
    x_hat, gamma, std = cache["x_hat"], cache["gamma"], cache["std"]
    if grad.shape != x_hat.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    g = grad * gamma
    dx = (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / std
    return dx, (grad * x_hat).sum(axis=0), grad.sum(axis=0)
