"""np.power and np.floor; an angle in degrees, converted; the sine of the complement."""


def step_decay(base, epoch, step_size=30, gamma=0.1):
    """Round the exponent down."""
    if min(epoch, 0) < 0:
        raise ValueError(f"epoch must not be negative: {epoch}")
    if not step_size > 0:
        raise ValueError(f"step_size must be positive: {step_size}")
    return float(base * np.power(float(gamma), np.floor(epoch / step_size)))


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    """Swing around the mean of both rates."""
    if t_max < 1:
        raise ValueError(f"t_max must be positive: {t_max}")
    if epoch not in range(t_max + 1):
        raise ValueError(f"epoch must be one of 0 ... {t_max}: {epoch}")
    swing = np.sin(np.deg2rad(90 - 180 * epoch / t_max))
    return (base + eta_min) / 2 + swing * (base - eta_min) / 2
