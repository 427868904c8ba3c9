"""`z -= …` writes into the caller's array: afterwards it holds other scores. Write `z - …`, which makes a new one.

Caught by: test_argument_stays_as_it_was
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    z -= z.max(axis=-1, keepdims=True)
    grown = np.exp(z)
    return grown / grown.sum(axis=-1, keepdims=True)
