"""You accept any patience. With 0 it says stop at once, and a negative min_delta rewards getting worse. Refuse both,
and show the value.

Caught by: test_refuses_impossible_settings
"""


class EarlyStopping:
    def __init__(self, patience=10, min_delta=0.0):
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
