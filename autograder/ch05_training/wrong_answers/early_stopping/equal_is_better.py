"""An equal loss starts your count again, so a plateau is never left. Only a *lower* loss is an improvement.

Caught by: test_table_of_the_text, test_equal_losses_are_no_improvement, test_min_delta_asks_for_more,
test_nan_is_no_improvement
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
        if loss <= self.best_loss - self.min_delta:
            self.best_loss = loss
            self.best_weights = copy.deepcopy(weights)
            self.best_epoch = self.epoch
            self.bad = 0
        else:
            self.bad += 1
        self.epoch += 1
        return self.bad >= self.patience
