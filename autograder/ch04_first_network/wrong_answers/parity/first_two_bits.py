"""Your target is the XOR of the first two bits, and the others do not count. Parity asks about all of them: is the
number of ones in the whole row odd?

Caught by: test_targets_say_whether_the_count_is_odd, test_networks_are_right_for_practically_every_seed
"""


def parity_data(n_bits):
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = np.abs(X[:, :1] - X[:, -1:]) if n_bits < 3 else np.abs(X[:, :1] - X[:, 1:2])
    return X, y


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(8):
        params, _ = train(X, y, n_hidden=4 * n_bits, epochs=1500, seed=seed + 1000 * attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
