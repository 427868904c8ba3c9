"""`param -= …` writes into the caller's parameters. Write `param - …`, which makes a new array.

Caught by: test_hundred_steps_agree_with_torch, test_eps_is_added_to_the_root, test_betas_of_zero,
test_arguments_stay_as_they_were
"""


def adam_step(param, grad, state, learning_rate, betas, eps):
    param = np.asarray(param, dtype=float)
    grad = np.asarray(grad, dtype=float)
    if grad.shape != param.shape:
        raise ValueError(f"grad has shape {grad.shape}")
    b1, b2 = betas
    if b1 < 0 or b1 >= 1 or b2 < 0 or b2 >= 1:
        raise ValueError(f"betas are {betas}")
    t = state["t"] + 1
    m = b1 * state["m"] + (1 - b1) * grad
    v = b2 * state["v"] + (1 - b2) * grad * grad
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    param -= learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return param, {"t": t, "m": m, "v": v}
