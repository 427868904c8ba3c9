"""Both corrections put into one learning rate and one eps, as the paper suggests for speed."""


def adam_step(param, grad, state, learning_rate, betas, eps):  # noqa: PLR0913, PLR0917 - the contract
    """Correct the rate instead of the averages."""
    if np.shape(grad) != np.shape(param):
        raise ValueError(f"grad has the wrong shape: {np.shape(grad)}")
    if min(betas) < 0 or max(betas) >= 1:
        raise ValueError(f"betas out of range: {betas}")
    slope = np.array(grad, dtype=np.float64)
    new = {"t": state["t"] + 1}
    new["m"] = state["m"] + (1 - betas[0]) * (slope - state["m"])
    new["v"] = betas[1] * state["v"] + (1 - betas[1]) * np.square(slope)
    root = np.sqrt(1 - betas[1] ** new["t"])
    rate = learning_rate * root / (1 - betas[0] ** new["t"])
    return np.array(param, dtype=np.float64) - rate * new["m"] / (np.sqrt(new["v"]) + eps * root), new
