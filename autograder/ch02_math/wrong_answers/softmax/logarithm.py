"""What you return is the logarithm of softmax, all of it negative. It is useful for cross-entropy; here the shares
themselves are asked for.

Caught by: test_row_of_scores, test_rows_that_the_book_asks_about, test_batches_of_any_shape,
test_rows_of_different_heights, test_large_scores_cause_no_warning, test_whole_numbers_lists_and_float32,
test_nan_spoils_its_own_row_only, test_shares_add_up_to_one, test_argument_stays_as_it_was
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
