"""You keep the rate from rising (or above eta_min) with `min` or `max`. The formulas do not ask which rate is the
larger one; leave them as they are.

Caught by: test_rates_may_rise
"""


def step_decay(base, epoch, step_size=30, gamma=0.1):
    if epoch < 0:
        raise ValueError(f"epoch is {epoch}")
    if step_size < 1:
        raise ValueError(f"step_size is {step_size}")
    return min(base, base * gamma ** (epoch // step_size))


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    if t_max < 1:
        raise ValueError(f"t_max is {t_max}")
    if epoch < 0 or epoch > t_max:
        raise ValueError(f"epoch is {epoch}")
    return min(base, eta_min + 0.5 * (base - eta_min) * (1 + np.cos(np.pi * epoch / t_max)))
