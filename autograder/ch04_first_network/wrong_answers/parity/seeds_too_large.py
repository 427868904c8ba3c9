"""You multiply the seed to keep the restarts of different seeds apart. A large seed then leaves the range that
`RandomState` accepts, and your function raises an error. Adding a multiple of the attempt stays within it.

Caught by: test_seed_decides_the_network
"""


def parity_data(n_bits):
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = X.sum(axis=1, keepdims=True) % 2
    return X, y


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(8):
        params, _ = train(X, y, n_hidden=4 * n_bits, epochs=1500, seed=100 * seed + attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
