"""Targets or inputs whose shapes do not fit are not refused, or only deep inside another function, about another
argument. Look at both shapes before the first epoch.

Caught by: test_refuses_data_that_do_not_fit
"""


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):
    X, y = np.asarray(X), np.asarray(y)
    if epochs < 0:
        raise ValueError(f"epochs must not be negative, got {epochs}")
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    losses = []
    for _ in range(epochs):
        output, cache = forward(params, X, hidden)
        losses.append(mse_loss(output, y))
        grads = backward(params, cache, y)
        for name in params:
            params[name] = params[name] - learning_rate * grads[name]
    return params, losses
