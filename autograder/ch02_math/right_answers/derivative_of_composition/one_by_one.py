"""Entry by entry in a loop, with arrays put together again at the end."""


def derivative_of_composition(f_prime, g, g_prime, x):
    """Treat every entry on its own."""
    if np.ndim(x) == 0:
        return float(f_prime(g(x)) * g_prime(x))
    slopes = np.empty(np.shape(x))
    for place in np.ndindex(slopes.shape):
        slopes[place] = derivative_of_composition(f_prime, g, g_prime, x[place])
    return slopes
