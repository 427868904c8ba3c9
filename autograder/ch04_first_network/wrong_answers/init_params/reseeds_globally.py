"""The numbers are right, but `np.random.seed` and `np.random.randn` use the one generator that all code in the program
shares. Whoever drew from it before you called now gets other numbers than expected. Make a generator of your own.

Caught by: test_global_generator_is_left_alone
"""


def init_params(n_in, n_hidden, n_out, seed):
    for name, size in (("n_in", n_in), ("n_hidden", n_hidden), ("n_out", n_out)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    np.random.seed(seed)
    return {
        "W1": np.random.randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": np.random.randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
