"""You update after every single sample. That is stochastic gradient descent, which comes in the next chapter. Full
batch means: one gradient from all rows, one update per epoch.

Caught by: test_first_losses_agree_with_a_slow_run, test_parameters_are_those_after_the_last_update,
test_relu_hidden_layer, test_follows_the_book_to_the_printed_digits, test_arguments_stay_as_they_were
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
    for _ in range(epochs):
        output, cache = forward(params, X, hidden)
        losses.append(mse_loss(output, y))
        for row in range(len(X)):
            _, cache = forward(params, X[row : row + 1], hidden)
            grads = backward(params, cache, y[row : row + 1])
            for name in params:
                params[name] = params[name] - learning_rate * grads[name]
    return params, losses
