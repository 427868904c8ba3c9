"""Your biases start at 1. A bias shifts every sum by the same amount before anything has been learned; the contract
starts without any shift, at 0.

Caught by: test_biases_start_at_zero, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": np.ones((1, n_hidden)),
        "W2": random.randn(n_hidden, n_out),
        "b2": np.ones((1, n_out)),
    }
