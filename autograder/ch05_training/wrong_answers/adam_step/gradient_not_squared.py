"""Your second average is one of the gradients, not of their squares. Gradients of different signs cancel in it, and the
root of a negative number is `nan`.

Caught by: test_first_step_moves_by_the_learning_rate, test_hundred_steps_agree_with_torch,
test_eps_is_added_to_the_root, test_state_holds_the_averages, test_state_is_returned_anew,
test_whole_numbers_and_float32, test_betas_of_zero, test_nan_is_not_hidden
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
    v = b2 * state["v"] + (1 - b2) * grad
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return param - learning_rate * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
