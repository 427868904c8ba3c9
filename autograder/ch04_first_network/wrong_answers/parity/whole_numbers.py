"""Your arrays hold whole numbers. The contract promises float64, like every other array of the chapter, so that
nothing is cut off when somebody computes with them.

Caught by: test_rows_count_upwards, test_targets_say_whether_the_count_is_odd
"""


def parity_data(n_bits):
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = X.sum(axis=1, keepdims=True) % 2
    return X.astype(int), y.astype(int)


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(8):
        params, _ = train(X, y, n_hidden=4 * n_bits, epochs=1500, seed=seed + 1000 * attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
