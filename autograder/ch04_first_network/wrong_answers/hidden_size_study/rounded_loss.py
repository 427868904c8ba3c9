"""By your count every network succeeds, even one with a single hidden unit. A rounded loss does that: answering 0.5
to everything has a loss of 0.25, which is rounded to 0 as well. (So does a size that never reaches `train`.) Look at
the four rows of the network in question: is each on the right side of 0.5?

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
            right.append(round(float(losses[-1])) == 0)
        shares[size] = np.mean(right)
    return shares
