"""Your weight matrices have a row for each unit. Here it is the other way round: row i, column j of W1 is the weight from
input i to hidden unit j, so that `X @ W1` works with one sample per row.

Caught by: test_weights_are_the_agreed_draws, test_exactly_four_arrays_with_the_agreed_shapes,
test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_hidden, n_in),
        "b1": np.zeros((1, n_hidden)),
        "W2": random.randn(n_out, n_hidden),
        "b2": np.zeros((1, n_out)),
    }
