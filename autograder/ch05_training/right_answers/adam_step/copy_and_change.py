"""A deep copy of the state that is changed in place, one entry of the dictionary after another."""


def adam_step(param, grad, state, learning_rate, betas, eps):  # noqa: PLR0913, PLR0917 - the contract
    """Work on copies."""
    place, slope = np.array(param, dtype=float), np.array(grad, dtype=float)
    if place.shape != slope.shape:
        raise ValueError(f"grad must be {place.shape}, not {slope.shape}")
    if not all(0 <= beta < 1 for beta in betas):
        raise ValueError(f"betas must lie in [0, 1), not {betas}")
    new = copy.deepcopy(state)
    new["t"] += 1
    for name, beta, value in (("m", betas[0], slope), ("v", betas[1], slope**2)):
        new[name] = np.array(new[name], dtype=float)
        new[name] *= beta
        new[name] += (1 - beta) * value
    unbiased = [new[name] / (1 - beta ** new["t"]) for name, beta in zip("mv", betas, strict=True)]
    place -= learning_rate * unbiased[0] / (unbiased[1] ** 0.5 + eps)
    return place, new
