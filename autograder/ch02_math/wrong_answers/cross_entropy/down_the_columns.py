"""Your sum runs over the samples (axis 0), so the samples compete for a class. For each sample, the classes compete:
sum along the rows.

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
    shifted = logits - logits.max(axis=0, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])
