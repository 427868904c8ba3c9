"""You return the parameters of the last loss, from before the last update. The contract asks for those after it:
after `epochs` updates, not `epochs - 1`.

Caught by: test_parameters_are_those_after_the_last_update, test_relu_hidden_layer
"""


def train(X, y, n_hidden=4, hidden="sigmoid", learning_rate=4.0, epochs=10_000, seed=42):
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X has shape {X.shape}, which is not (N, n_in)")
    if y.ndim != 2 or len(y) != len(X):
        raise ValueError(f"y has shape {y.shape}, which does not fit X")
    if epochs < 0:
        raise ValueError(f"epochs must not be negative, got {epochs}")
    params = init_params(X.shape[1], n_hidden, y.shape[1], seed)
    losses = []
    before = params
    for _ in range(epochs):
        output, cache = forward(params, X, hidden)
        losses.append(mse_loss(output, y))
        grads = backward(params, cache, y)
        before = dict(params)
        for name in params:
            params[name] = params[name] - learning_rate * grads[name]
    return before, losses
