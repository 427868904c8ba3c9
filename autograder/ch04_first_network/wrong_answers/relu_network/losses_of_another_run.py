"""Your losses are those of a sigmoid network, not of the run that made the parameters. A curve that belongs to
another network explains nothing.

Caught by: test_losses_belong_to_the_parameters
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, 8, "relu", 0.5, 1000, seed + 1000 * attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, train(XOR_X, XOR_Y, epochs=5000, seed=seed)[1]
