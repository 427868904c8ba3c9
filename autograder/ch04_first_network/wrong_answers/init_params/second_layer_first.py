"""You draw W2 before W1. Both look just as random, but a generator hands out its numbers in one fixed order, so the
numbers that belong in W1 have landed in W2. The contract fixes who draws first, so that all runs can be compared.

Caught by: test_weights_are_the_agreed_draws, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    W2 = random.randn(n_hidden, n_out)
    W1 = random.randn(n_in, n_hidden)
    return {"W1": W1, "b1": np.zeros((1, n_hidden)), "W2": W2, "b2": np.zeros((1, n_out))}
