"""You add a tiny number before the logarithm, so that it cannot become infinite. It hides the problem: a mistake that
should cost 1000 costs 27.6, and so does any other large one, and the gradient is gone. Compute the logarithm before anything is
rounded away.

Caught by: test_batch_of_one, test_confident_mistakes_stay_finite
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
    shares = softmax(logits)
    return -np.mean(np.log(shares[np.arange(len(labels)), labels] + 1e-12))
