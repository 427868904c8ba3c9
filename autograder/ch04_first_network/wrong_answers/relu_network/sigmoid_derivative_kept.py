"""Your forward pass uses ReLU, your backward pass still a (1 - a), the slope of the sigmoid. For ReLU activations
that is even negative above 1, so that steps go the wrong way. Use the slope that belongs to the activation.

Caught by: test_networks_solve_xor_for_practically_every_seed
"""


def relu_network(seed):
    params, losses = init_params(2, 16, 1, seed), []
    for _ in range(1000):
        output, cache = forward(params, XOR_X, "relu")
        losses.append(mse_loss(output, XOR_Y))
        grads = backward(params, dict(cache, hidden="sigmoid"), XOR_Y)
        params = {name: params[name] - 1.0 * grads[name] for name in params}
    return params, losses
