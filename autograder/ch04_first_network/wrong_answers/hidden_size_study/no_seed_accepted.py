"""Without a seed you compute 0 divided by 0, which gives `nan`. Refuse an empty sequence of seeds, and say so.

Caught by: test_refuses_to_judge_without_a_seed
"""


def hidden_size_study(sizes, seeds):
    shares = {}
    for size in sizes:
        right = []
        for seed in seeds:
            params, losses = train(XOR_X, XOR_Y, n_hidden=size, seed=seed)
            output, _ = forward(params, XOR_X)
            right.append(np.all((output > 0.5) == (XOR_Y > 0.5)))
        shares[size] = np.mean(right)
    return shares
