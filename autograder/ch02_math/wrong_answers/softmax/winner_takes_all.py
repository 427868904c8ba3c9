"""You give everything to the largest score. That is what softmax comes close to when the lead is large; otherwise
everybody gets a share.

Caught by: test_row_of_scores, test_batches_of_any_shape, test_rows_of_different_heights,
test_whole_numbers_lists_and_float32, test_nan_spoils_its_own_row_only, test_argument_stays_as_it_was
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    largest = z == z.max(axis=-1, keepdims=True)
    return largest / largest.sum(axis=-1, keepdims=True)
