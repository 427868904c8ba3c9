"""You take labels of any shape. A column of labels makes NumPy build a whole table of pairs, and their mean looks like
a loss. Compare the shape with (N,) first.

Caught by: test_refuses_labels_of_another_shape
"""


def cross_entropy(logits, labels):
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits has shape {logits.shape}")
    for label in labels.ravel():
        if label < 0 or label >= logits.shape[1]:
            raise ValueError(f"labels holds {label}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(logs[np.arange(len(logits)), labels])
