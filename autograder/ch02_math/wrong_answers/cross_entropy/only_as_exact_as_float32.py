"""You compute with the precision of what came in, and for float32 logits that is seven digits. Convert to float64
first.

Caught by: test_whole_numbers_lists_and_float32
"""


def cross_entropy(logits, labels):
    logits, labels = np.asarray(logits), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits has shape {logits.shape}")
    if labels.shape != (len(logits),):
        raise ValueError(f"labels has shape {labels.shape}")
    for label in labels:
        if label < 0 or label >= logits.shape[1]:
            raise ValueError(f"labels holds {label}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])
