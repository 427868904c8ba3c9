"""You replace `nan` by numbers, and the row comes out as if nothing had happened. A broken score should be seen: leave
its row `nan`.

Caught by: test_nan_spoils_its_own_row_only
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    z = np.nan_to_num(z)
    grown = np.exp(z - z.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)
