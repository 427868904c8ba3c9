"""The inner value first, by name, then the two slopes."""


def derivative_of_composition(f_prime, g, g_prime, x):
    """Follow the value through the chain and collect the slopes."""
    inner = g(x)
    slopes = [f_prime(inner), g_prime(x)]
    return np.multiply(*slopes)
