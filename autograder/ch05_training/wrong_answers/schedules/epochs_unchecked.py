"""You accept any epoch. Negative ones give rates that were never meant, and beyond t_max the wave rises again. Refuse
them, and show the epoch.

Caught by: test_refuses_epochs_out_of_range
"""


def step_decay(base, epoch, step_size=30, gamma=0.1):
    if step_size < 1:
        raise ValueError(f"step_size is {step_size}")
    return base * gamma ** (epoch // step_size)


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    if t_max < 1:
        raise ValueError(f"t_max is {t_max}")
    return eta_min + 0.5 * (base - eta_min) * (1 + np.cos(np.pi * epoch / t_max))
