"""One sample after another in plain Python; the differences to the right score need no maximum of the row."""

import math


def cross_entropy(logits, labels):
    """Add up the surprise of every sample."""
    shape, given = np.shape(logits), np.shape(labels)
    if len(shape) != 2 or not all(shape):
        raise ValueError(f"logits must be a batch, got shape {shape}")
    if given != (shape[0],):
        raise ValueError(f"labels must be one per row, got shape {given}")
    surprises = []
    for row, label in zip(np.asarray(logits, dtype=float).tolist(), np.asarray(labels).tolist(), strict=True):
        if not 0 <= label < shape[1]:
            raise ValueError(f"labels contain {label}, which is no class")
        leads = [score - row[label] for score in row]
        largest = max(leads) if not any(map(math.isnan, leads)) else math.nan
        surprises.append(largest + math.log(sum(math.exp(lead - largest) for lead in leads)))
    return sum(surprises) / len(surprises)
