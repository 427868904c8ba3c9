"""You go through a whole turn: the rate falls and rises again. Half a turn is pi, not 2 pi.

Caught by: test_cosine_annealing_agrees_with_torch, test_cosine_annealing_ends_at_zero_unless_told, test_rates_may_rise
"""


def step_decay(base, epoch, step_size=30, gamma=0.1):
    if epoch < 0:
        raise ValueError(f"epoch is {epoch}")
    if step_size < 1:
        raise ValueError(f"step_size is {step_size}")
    return base * gamma ** (epoch // step_size)


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    if t_max < 1:
        raise ValueError(f"t_max is {t_max}")
    if epoch < 0 or epoch > t_max:
        raise ValueError(f"epoch is {epoch}")
    return eta_min + 0.5 * (base - eta_min) * (1 + np.cos(2 * np.pi * epoch / t_max))
