"""You train a sigmoid network: `hidden="relu"` is missing in the call of `train`. It learns XOR, but judged by
`forward(params, X, "relu")` its weights mean something else. The activation is part of the network.

Caught by: test_networks_solve_xor_for_practically_every_seed, test_losses_belong_to_the_parameters
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, n_hidden=8, learning_rate=4.0, epochs=1000, seed=seed + 1000 * attempt)
        output, _ = forward(params, XOR_X)
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
