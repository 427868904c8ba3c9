"""Two comprehensions over the dictionary; the sum by vdot."""


def l2_penalty(params, strength):
    """Add up and collect."""
    if not strength >= 0:
        raise ValueError(f"strength must be at least 0, not {strength}")
    arrays = {name: np.array(values, dtype=np.float64) for name, values in params.items()}
    squares = [np.vdot(values, values) for name, values in arrays.items() if name[0] == "W"]
    pulls = {name: (2.0 * strength if name[0] == "W" else 0.0) * values for name, values in arrays.items()}
    return float(strength * sum(squares)), pulls
