"""You accept any betas. With 1 the correction divides by 0. Refuse values below 0 and from 1 on, and show the pair.

Caught by: test_refuses_impossible_betas
"""


def adam_step(param, grad, state, learning_rate, betas, eps):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    b1, b2 = betas
    t = state["t"] + 1
    m = b1 * state["m"] + (1 - b1) * grad
    v = b2 * state["v"] + (1 - b2) * grad * grad
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return param - learning_rate * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
