"""Your shares are percentages. A share lies between 0 and 1.

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
            right.append(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = 100.0 * np.mean(right)
    return shares
