"""You ask whether the loss is *not worse*, and `nan` is not worse than anything, since every comparison with it is
false. Ask whether it is better.

Caught by: test_nan_is_no_improvement
"""


class EarlyStopping:
    def __init__(self, patience=10, min_delta=0.0):
        if patience < 1:
            raise ValueError(f"patience is {patience}")
        if min_delta < 0:
            raise ValueError(f"min_delta is {min_delta}")
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.best_weights = None
        self.best_epoch = None
        self.epoch = 0
        self.bad = 0

    def update(self, loss, weights):
        if not loss >= self.best_loss - self.min_delta:
            self.best_loss = loss
            self.best_weights = copy.deepcopy(weights)
            self.best_epoch = self.epoch
            self.bad = 0
        else:
            self.bad += 1
        self.epoch += 1
        return self.bad >= self.patience
