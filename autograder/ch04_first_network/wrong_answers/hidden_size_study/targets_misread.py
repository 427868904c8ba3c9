"""You compare the rounded outputs with the inputs' own first column, so you count networks that answer something
other than XOR. The targets are in `XOR_Y`.

Caught by: test_every_size_has_its_own_share, test_share_counts_the_seeds_that_succeed, test_four_units_are_reliable
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
            right.append(np.all((output > 0.5) == (XOR_X[:, :1] > 0.5)))
        shares[size] = np.mean(right)
    return shares
