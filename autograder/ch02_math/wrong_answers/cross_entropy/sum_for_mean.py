"""You add up the losses of the samples. The loss of a batch is their mean, so that batches of different sizes can be
compared.

Caught by: test_random_batches, test_confident_mistakes_stay_finite, test_whole_numbers_lists_and_float32,
test_arguments_stay_as_they_were
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
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(logs[np.arange(len(labels)), labels])
