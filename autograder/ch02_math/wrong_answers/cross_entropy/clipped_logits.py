"""You cut the logits to a range in which the exponential is safe. Beyond its edge all mistakes cost the same, although
the worse one should cost more. Subtract the largest score of the row instead.

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
    logits = np.clip(logits, -300, 300)
    grown = np.exp(logits)
    shares = grown / grown.sum(axis=1, keepdims=True)
    return -np.mean(np.log(shares[np.arange(len(labels)), labels]))
