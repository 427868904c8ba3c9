"""You divide the scores by their sum. Negative scores then give negative "probabilities". The exponential comes first.

Caught by: test_row_of_scores, test_batches_of_any_shape, test_rows_of_different_heights,
test_large_scores_cause_no_warning, test_whole_numbers_lists_and_float32, test_nan_spoils_its_own_row_only,
test_moving_all_scores_changes_nothing, test_argument_stays_as_it_was
"""


def softmax(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 0 or z.size == 0:
        raise ValueError(f"z has shape {z.shape}")
    return z / z.sum(axis=-1, keepdims=True)
