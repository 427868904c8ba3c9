"""You train once, with two units. A ReLU unit that is dead for all four rows never recovers, and with two units there
is none to spare: most starts get stuck. Take more units, look at the four rows afterwards, and start again from
another seed where they are not right.

Caught by: test_networks_solve_xor_for_practically_every_seed
"""


def relu_network(seed):
    for attempt in range(1):
        params, losses = train(XOR_X, XOR_Y, 2, "relu", 0.5, 1000, seed + 1000 * attempt)
        output, _ = forward(params, XOR_X, "relu")
        if np.all((output > 0.5) == (XOR_Y > 0.5)):
            break
    return params, losses
