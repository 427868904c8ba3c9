"""You compute with the precision of what came in, and for float32 scores that is seven digits. Convert to float64
first.

Caught by: test_whole_numbers_lists_and_float32
"""


def softmax(z):
    z = np.asarray(z)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    grown = np.exp(z - z.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)
