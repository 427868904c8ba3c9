"""You train one network for each size, from the first seed, and report its success as the share. A single start says
little: a network may be too small, or merely unlucky. Train once for every seed.

Caught by: test_share_counts_the_seeds_that_succeed
"""


def hidden_size_study(sizes, seeds):
    if len(seeds) == 0:
        raise ValueError("seeds must hold at least one seed")
    shares = {}
    for size in sizes:
        right = []
        for seed in seeds[:1]:
            params, losses = train(XOR_X, XOR_Y, n_hidden=size, seed=seed)
            output, _ = forward(params, XOR_X)
            right.append(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = np.mean(right)
    return shares
