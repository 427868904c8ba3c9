"""A training loop of its own, which starts every rate from the same copied parameters."""


def learning_rate_study(rates):
    """Return the losses by rate."""
    start, study = init_params(2, 4, 1, seed=42), {}
    for rate in rates:
        params, losses = {key: value.copy() for key, value in start.items()}, []
        for _ in range(10_000):
            output, cache = forward(params, XOR_X)
            losses.append(float(np.mean((output - XOR_Y) ** 2)))
            for key, grad in backward(params, cache, XOR_Y).items():
                params[key] -= rate * grad
        study[float(rate)] = losses
    return study
