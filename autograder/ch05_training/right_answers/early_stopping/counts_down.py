"""Counts down to zero; the attributes are properties of one stored record."""


class EarlyStopping:
    """Lose a life with every update without improvement."""

    def __init__(self, patience=10, min_delta=0.0):
        if patience <= 0:
            raise ValueError(f"patience: {patience}")
        if min_delta < 0:
            raise ValueError(f"min_delta: {min_delta}")
        self._patience, self._min_delta = patience, min_delta
        self._lives, self._number = patience, -1
        self._best = (np.inf, None, None)

    best_loss = property(lambda self: self._best[0])
    best_weights = property(lambda self: self._best[1])
    best_epoch = property(lambda self: self._best[2])

    def update(self, loss, weights):
        """Keep a deep copy of what is better."""
        self._number += 1
        self._lives -= 1
        if loss < self._best[0] - self._min_delta:
            self._best = (loss, copy.deepcopy(weights), self._number)
            self._lives = self._patience
        return self._lives <= 0
