"""You return the parameters alone. The contract promises a pair, parameters and losses, as `train` returns it.

Caught by: test_networks_solve_xor_for_practically_every_seed, test_parameters_form_one_network,
test_losses_belong_to_the_parameters, test_seed_decides_the_network, test_large_seeds_are_seeds_too
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, 8, "relu", 0.5, 1000, seed + 1000 * attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params
