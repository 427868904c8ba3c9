"""A loop of its own with forward and backward, which begins again when the loss is still high after a while."""


def relu_network(seed):
    """Train until XOR is right."""
    params, losses, start = init_params(2, 12, 1, seed), [], 0
    while len(losses) < 1200:
        output, cache = forward(params, XOR_X, hidden="relu")
        losses.append(mse_loss(output, XOR_Y))
        if len(losses) == 600 and losses[-1] > 0.05:
            start += 1
            params, losses = init_params(2, 12, 1, seed + start), []
            continue
        grads = backward(params, cache, XOR_Y)
        params = {key: params[key] - 0.5 * grads[key] for key in params}
    return params, np.array(losses)
