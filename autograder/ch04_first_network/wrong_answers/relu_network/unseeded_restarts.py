"""Your seeds come from NumPy's global random numbers, so the same call gives another network each time. Nobody could
repeat your result. Derive every seed from the argument.

Caught by: test_seed_decides_the_network
"""


def relu_network(seed):
    for attempt in range(10):
        params, losses = train(XOR_X, XOR_Y, 8, "relu", 0.5, 1000, np.random.randint(2**31))
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
