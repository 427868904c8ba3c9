"""You check the patience, but a negative min_delta passes: then a higher loss counts as an improvement.

Caught by: test_refuses_impossible_settings
"""


class EarlyStopping:
    def __init__(self, patience=10, min_delta=0.0):
        if patience < 1:
            raise ValueError(f"patience is {patience}")
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.best_weights = None
        self.best_epoch = None
        self.epoch = 0
        self.bad = 0

    def update(self, loss, weights):
        if loss < self.best_loss - self.min_delta:
            self.best_loss = loss
            self.best_weights = copy.deepcopy(weights)
            self.best_epoch = self.epoch
            self.bad = 0
        else:
            self.bad += 1
        self.epoch += 1
        return self.bad >= self.patience
