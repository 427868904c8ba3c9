"""You subtract the largest logit of the whole batch. A row that lies far below it has exponentials that are all 0, and
the logarithm of 0 is infinite. Every row has a largest score of its own.

Caught by: test_confident_mistakes_stay_finite
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
    shifted = logits - logits.max()
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])
