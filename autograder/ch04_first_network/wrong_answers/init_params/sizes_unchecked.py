"""A network with no hidden unit is accepted without a word, since NumPy is happy to make arrays of no rows, and a negative
size fails somewhere inside NumPy. Check each of the three sizes first, and say in the message which one it was.

Caught by: test_refuses_sizes_below_one
"""


def init_params(n_in, n_hidden, n_out, seed):
    random = np.random.RandomState(seed)
    return {
        "W1": random.randn(n_in, n_hidden),
        "b1": np.zeros((1, n_hidden)),
        "W2": random.randn(n_hidden, n_out),
        "b2": np.zeros((1, n_out)),
    }
