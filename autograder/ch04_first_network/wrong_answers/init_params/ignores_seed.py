"""Your generator is always seeded with 42, whatever `seed` is. Every network then starts from the same numbers, and
several starts cannot be compared. Use the argument.

Caught by: test_weights_are_the_agreed_draws, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(42)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": random.randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
