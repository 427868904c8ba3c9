"""You report the share of rows that are right, over all networks. A network that has three rows of four right has not
learned XOR: it counts only when all four are right.

Caught by: test_every_size_has_its_own_share, test_share_counts_the_seeds_that_succeed
"""


def hidden_size_study(sizes, seeds):
    if len(seeds) == 0:
        raise ValueError("seeds must hold at least one seed")
    shares = {}
    for size in sizes:
        right = []
        for seed in seeds:
            params, losses = train(XOR_X, XOR_Y, n_hidden=size, seed=seed)
            output, _ = forward(params, XOR_X)
            right.append(np.mean((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = np.mean(right)
    return shares
