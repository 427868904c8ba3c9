"""A negative number of epochs is accepted: `range(-3)` is simply empty, and an untrained network comes back without a
word. Refuse it.

Caught by: test_refuses_a_negative_number_of_epochs
"""


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X has shape {X.shape}, which is not (N, n_in)")
    if y.ndim != 2 or len(y) != len(X):
        raise ValueError(f"y has shape {y.shape}, which does not fit X")
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    losses = []
    for _ in range(epochs):
        output, cache = forward(params, X, hidden)
        losses.append(mse_loss(output, y))
        grads = backward(params, cache, y)
        for name in params:
            params[name] = params[name] - learning_rate * grads[name]
    return params, losses
