"""Your weights lie between 0 and 1: that is `rand`, the uniform distribution. The contract asks for the standard normal
one, which is centred on 0 and has negative weights as often as positive ones.

Caught by: test_weights_are_the_agreed_draws, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.rand(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": random.rand(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
