"""You accept a step_size and a t_max of 0, and divide by it. Refuse what is below 1, and show the value.

Caught by: test_refuses_lengths_below_one
"""


def step_decay(base, epoch, step_size=30, gamma=0.1):
    if epoch < 0:
        raise ValueError(f"epoch is {epoch}")
    return base * gamma ** (epoch // step_size)


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    if epoch < 0 or epoch > t_max:
        raise ValueError(f"epoch is {epoch}")
    return eta_min + 0.5 * (base - eta_min) * (1 + np.cos(np.pi * epoch / t_max))
