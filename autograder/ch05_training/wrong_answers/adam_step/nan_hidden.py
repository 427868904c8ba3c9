"""You replace `nan` by 0, so nobody ever learns that the gradient has gone wrong. Let it be seen.

Caught by: test_nan_is_not_hidden
"""


def adam_step(param, grad, state, learning_rate, betas, eps):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    b1, b2 = betas
    if b1 < 0 or b1 >= 1 or b2 < 0 or b2 >= 1:
        raise ValueError(f"betas are {betas}")
    grad = np.nan_to_num(grad)
    t = state["t"] + 1
    m = b1 * state["m"] + (1 - b1) * grad
    v = b2 * state["v"] + (1 - b2) * grad * grad
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return param - learning_rate * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
