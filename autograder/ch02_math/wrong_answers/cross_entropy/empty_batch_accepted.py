"""For a batch without samples you return `nan`, the mean of nothing. It spreads through everything that is computed
with it. Refuse it.

Caught by: test_refuses_logits_that_are_no_batch
"""


def cross_entropy(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2:
        raise ValueError(f"logits has shape {logits.shape}")
    if labels.shape != (len(logits),):
        raise ValueError(f"labels has shape {labels.shape}")
    for label in labels:
        if label < 0 or label >= logits.shape[1]:
            raise ValueError(f"labels holds {label}")
    shifted = logits - logits.max(axis=1, keepdims=True, initial=-np.inf)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(labels)), labels])
