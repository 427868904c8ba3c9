"""You store the shares in an array made like z. One made of whole numbers cuts them all off to 0. Let NumPy make the
result.

Caught by: test_rows_that_the_book_asks_about, test_whole_numbers_lists_and_float32
"""


def softmax(z):
    z = np.asarray(z)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    shares = np.zeros_like(z)
    grown = np.exp(z.astype(float) - z.max(axis=-1, keepdims=True))
    shares[...] = grown / grown.sum(axis=-1, keepdims=True)
    return shares
