"""Your hidden layer has one unit fewer than there are inputs. A single unit cannot even solve XOR, and with three
bits two units get stuck from about every other start. A few units more than there are inputs make it comfortable.

Caught by: test_networks_are_right_for_practically_every_seed
"""


def parity_data(n_bits):
    if n_bits < 1:
        raise ValueError(f"n_bits must be at least 1, got {n_bits}")
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = X.sum(axis=1, keepdims=True) % 2
    return X, y


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(2):
        params, _ = train(X, y, n_hidden=max(1, n_bits - 1), epochs=1500, seed=seed + 1000 * attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
