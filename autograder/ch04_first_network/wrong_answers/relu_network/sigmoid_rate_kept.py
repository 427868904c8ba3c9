"""You kept the rate of the sigmoid network and trained once. A ReLU layer passes much larger gradients, and at this
rate the first steps throw most units into the region where they are dead. Try a rate around 0.5, and start again
where a run fails.

Caught by: test_networks_solve_xor_for_practically_every_seed
"""


def relu_network(seed):
    for attempt in range(1):
        params, losses = train(XOR_X, XOR_Y, 3, "relu", 4.0, 1000, seed + 1000 * attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
