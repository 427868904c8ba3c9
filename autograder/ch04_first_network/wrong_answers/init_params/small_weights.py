"""Your weights are scaled down. Small starting weights are common advice for larger networks, but this contract asks for
standard deviation 1, and with weights near zero XOR would sit on its first plateau for a long time.

Caught by: test_weights_are_the_agreed_draws, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": 0.01 * random.randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": 0.01 * random.randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
