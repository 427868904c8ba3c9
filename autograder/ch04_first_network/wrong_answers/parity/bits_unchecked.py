"""Fewer than one bit is not refused, or only somewhere inside NumPy. Check `n_bits` first and show it in the message.

Caught by: test_refuses_fewer_than_one_bit
"""


def parity_data(n_bits):
    X = np.array([[float(bit) for bit in format(row, f"0{n_bits}b")] for row in range(2**n_bits)])
    y = X.sum(axis=1, keepdims=True) % 2
    return X, y


def train_parity(n_bits, seed):
    X, y = parity_data(n_bits)
    for attempt in range(8):
        params, _ = train(X, y, n_hidden=4 * n_bits, epochs=1500, seed=seed + 1000 * attempt)
        if np.all((forward(params, X)[0] > 0.5) == (y > 0.5)):
            break
    return params
