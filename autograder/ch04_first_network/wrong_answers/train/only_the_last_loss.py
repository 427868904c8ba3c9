"""You return the last loss, one number. The contract asks for all of them, one per epoch.

Caught by: test_first_losses_agree_with_a_slow_run, test_relu_hidden_layer, test_no_epochs,
test_follows_the_book_to_the_printed_digits, test_solves_xor_from_other_starts, test_arguments_stay_as_they_were
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
        grads = backward(params, cache, y)
        for name in params:
            params[name] = params[name] - learning_rate * grads[name]
    return params, (losses[-1] if losses else None)
