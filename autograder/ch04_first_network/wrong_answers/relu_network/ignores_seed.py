"""Every call trains the same network: `seed` is not used. A restart helps a bad start, but which starts are tried has
to follow from the argument.

Caught by: test_seed_decides_the_network
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, 8, "relu", 0.5, 1000, 1000 * attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
