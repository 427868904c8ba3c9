"""Your biases are random as well. They start at 0: the random weights are enough to make the units differ. Besides, each
bias takes numbers from the generator that belong to W2, so that W2 is off, too.

Caught by: test_weights_are_the_agreed_draws, test_biases_start_at_zero, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": random.randn(1, n_hidden),
        "W2": random.randn(n_hidden, n_out),
        "b2": random.randn(1, n_out),
    }
