"""You move the scores so that the smallest becomes 0, and divide by the sum. The shares add up to 1, but they grow with
the score in a straight line; softmax lets them grow exponentially.

Caught by: test_row_of_scores, test_rows_that_the_book_asks_about, test_batches_of_any_shape,
test_rows_of_different_heights, test_large_scores_cause_no_warning, test_whole_numbers_lists_and_float32,
test_nan_spoils_its_own_row_only, test_argument_stays_as_it_was
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    lifted = z - z.min(axis=-1, keepdims=True) + 1e-9
    return lifted / lifted.sum(axis=-1, keepdims=True)
