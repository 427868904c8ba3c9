"""PyTorch's own softmax, in float64."""

import torch


def softmax(z):
    """Ask torch."""
    scores = np.array(z, dtype=np.float64)
    if scores.ndim == 0 or scores.size == 0:
        raise ValueError(f"z has shape {scores.shape}")
    return torch.softmax(torch.from_numpy(scores), dim=-1).numpy()
