"""You keep networks that were asked for once and hand the very same arrays out again. Whoever trains the first one in
place changes the start of all later ones. Make new arrays in every call.

Caught by: test_same_seed_gives_a_fresh_equal_network
"""

import functools


@functools.lru_cache(maxsize=None)
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
    }
