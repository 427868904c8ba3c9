"""Beside the four arrays your dictionary holds other things. Training goes through all its entries and updates each with
a gradient, and there is no gradient of a size or a seed. Keep exactly the four keys of the table.

Caught by: test_exactly_four_arrays_with_the_agreed_shapes, test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": random.randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
        "sizes": np.array([n_in, n_hidden, n_out]),
    }
