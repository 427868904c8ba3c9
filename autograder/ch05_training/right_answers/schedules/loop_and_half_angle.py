"""The steps by a loop, the wave by the square of a cosine of half the angle."""

import math


def step_decay(base, epoch, step_size=30, gamma=0.1):
    """Reduce as often as a step is complete."""
    if epoch < 0:
        raise ValueError(f"epoch: {epoch}")
    if step_size <= 0:
        raise ValueError(f"step_size: {step_size}")
    rate = base
    for _ in range(step_size, epoch + 1, step_size):
        rate = rate * gamma
    return rate


def cosine_annealing(base, epoch, t_max, eta_min=0.0):
    """Use (1 + cos a) / 2 = cos(a / 2) squared."""
    if t_max <= 0:
        raise ValueError(f"t_max: {t_max}")
    if not 0 <= epoch <= t_max:
        raise ValueError(f"epoch: {epoch}")
    share = math.cos(math.pi / 2 * epoch / t_max) ** 2
    return share * base + (1 - share) * eta_min
