"""You multiply the seed to keep the restarts of different seeds apart. A good thought, but a large seed then leaves
the range that `RandomState` accepts, and your function raises an error. Adding a multiple of the attempt stays within
it.

Caught by: test_large_seeds_are_seeds_too
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, 8, "relu", 0.5, 1000, 100 * seed + attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
