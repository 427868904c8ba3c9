"""You return the mean probability of the right class. The larger it is the better, so it is no loss, and the logarithm
is missing.

Caught by: test_random_batches, test_batch_of_one, test_confident_mistakes_stay_finite,
test_whole_numbers_lists_and_float32, test_arguments_stay_as_they_were
"""


def cross_entropy(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits has shape {logits.shape}")
    if labels.shape != (len(logits),):
        raise ValueError(f"labels has shape {labels.shape}")
    for label in labels:
        if label < 0 or label >= logits.shape[1]:
            raise ValueError(f"labels holds {label}")
    return np.mean(softmax(logits)[np.arange(len(labels)), labels])
