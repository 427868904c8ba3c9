"""You stop as soon as the loss is small. The contract asks for exactly `epochs` updates and one loss for each of
them; whether the result is good enough is for the caller to say.

Caught by: test_follows_the_book_to_the_printed_digits
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
        if losses[-1] < 1e-4:
            break
    return params, losses
