"""You make a fresh generator for W2 from the same seed, so it starts all over again: the first numbers of W2 are the
first numbers of W1. The two layers should be independent. Make one generator and draw from it twice.

Caught by: test_weights_are_the_agreed_draws, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    return {
        "W1": np.random.RandomState(seed).randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": np.random.RandomState(seed).randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
