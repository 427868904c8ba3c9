"""Several short runs, of which the one with the lowest loss is returned; it stops early when one is good enough."""


def relu_network(seed):
    """Train until XOR is right."""
    best = None
    for attempt in range(20):
        run = train(XOR_X, XOR_Y, 6, "relu", 0.6, 700, (seed + 7919 * attempt) % 2**32)
        if best is None or run[1][-1] < best[1][-1]:
            best = run
        if best[1][-1] < 0.02:
            break
    return best
