"""Your target is 1 where any bit is set: that is OR. Two ones are an even number, so their row has the target 0.

Caught by: test_targets_say_whether_the_count_is_odd, test_networks_are_right_for_practically_every_seed
"""


def parity_data(n_bits):
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = X.max(axis=1, keepdims=True)
    return X, y


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(8):
        params, _ = train(X, y, n_hidden=4 * n_bits, epochs=1500, seed=seed + 1000 * attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
