"""You compute the probabilities from plain exponentials and take the logarithm afterwards. A score of 1000 overflows
before you get there. Use the last form of the formula in the text, in which no exponent is positive.

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
    grown = np.exp(logits)
    shares = grown / grown.sum(axis=1, keepdims=True)
    return -np.mean(np.log(shares[np.arange(len(labels)), labels]))
