"""Your biases have one axis, `(n_hidden,)` and `(n_out,)`. The contract gives them two, `(1, n_hidden)` and `(1, n_out)`:
a row that is added to every sample, and whose gradient will be a row as well.

Caught by: test_biases_start_at_zero, test_exactly_four_arrays_with_the_agreed_shapes,
test_same_seed_gives_a_fresh_equal_network
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": np.zeros(n_hidden),
        "W2": random.randn(n_hidden, n_out),
        "b2": np.zeros(n_out),
    }
