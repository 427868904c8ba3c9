"""Your second rate starts with the network that the first has trained. Each run then inherits what the one before has
learned, and the order of the rates decides who looks good. Start every rate from fresh parameters.

Caught by: test_every_rate_starts_afresh, test_final_losses_are_ordered
"""


def learning_rate_study(rates):
    params, study = init_params(2, 4, 1, 42), {}
    for rate in rates:
        study[rate] = []
        for _ in range(10_000):
            output, cache = forward(params, XOR_X)
            study[rate].append(mse_loss(output, XOR_Y))
            grads = backward(params, cache, XOR_Y)
            params = {name: params[name] - rate * grads[name] for name in params}
    return study
