"""You train as many networks as there are seeds, but all from the same start: the seed never reaches `train`, which
then takes its default. Pass it on.

Caught by: test_share_counts_the_seeds_that_succeed
"""


def hidden_size_study(sizes, seeds):
    if len(seeds) == 0:
        raise ValueError("seeds must hold at least one seed")
    shares = {}
    for size in sizes:
        right = []
        for seed in seeds:
            params, losses = train(XOR_X, XOR_Y, n_hidden=size)
            output, _ = forward(params, XOR_X)
            right.append(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = np.mean(right)
    return shares
