"""Remembers all losses, and derives the answer from the number of the best one; copies array by array."""


class EarlyStopping:
    """Stop when the last improvement lies far enough back."""

    def __init__(self, patience=10, min_delta=0.0):
        if not patience > 0:
            raise ValueError(f"patience must be positive: {patience}")
        if not min_delta >= 0:
            raise ValueError(f"min_delta must not be negative: {min_delta}")
        self.settings = patience, min_delta
        self.losses = []
        self.best_loss, self.best_weights, self.best_epoch = float("inf"), None, None

    def update(self, loss, weights):
        """Compare with the best loss."""
        patience, min_delta = self.settings
        self.losses.append(loss)
        if self.best_loss - min_delta > loss:
            self.best_loss, self.best_epoch = loss, len(self.losses) - 1
            self.best_weights = {key: v.clone() if hasattr(v, "clone") else v.copy() for key, v in weights.items()}
        last = -1 if self.best_epoch is None else self.best_epoch
        return len(self.losses) - 1 - last >= patience
