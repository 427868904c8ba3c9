"""You train for fewer epochs than `train` has by default. XOR begins with a plateau on which nothing seems to happen,
and your networks have not left it yet. Leave everything but size and seed at its default.

Caught by: test_share_counts_the_seeds_that_succeed, test_four_units_are_reliable
"""


def hidden_size_study(sizes, seeds):
    if len(seeds) == 0:
        raise ValueError("seeds must hold at least one seed")
    shares = {}
    for size in sizes:
        right = []
        for seed in seeds:
            params, losses = train(XOR_X, XOR_Y, n_hidden=size, seed=seed, epochs=30)
            output, _ = forward(params, XOR_X)
            right.append(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = np.mean(right)
    return shares
