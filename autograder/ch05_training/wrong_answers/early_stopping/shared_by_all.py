"""Your attributes belong to the class, so all objects share them. Set them in `__init__`, with `self.…`.

Caught by: test_nan_is_no_improvement, test_objects_do_not_share_anything
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
        self.best_loss = getattr(EarlyStopping, "shared", np.inf) if self.epoch else np.inf
        if loss < self.best_loss - self.min_delta:
            EarlyStopping.shared = loss
            self.best_loss = loss
            self.best_weights = copy.deepcopy(weights)
            self.best_epoch = self.epoch
            self.bad = 0
        else:
            self.bad += 1
        self.epoch += 1
        return self.bad >= self.patience
