"""You store the slopes in x itself, so the caller's places are gone afterwards, and an array that must not be changed
raises an error. Make a new array.

Caught by: test_argument_stays_as_it_was
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    if np.ndim(x) and np.asarray(x).dtype == float:
        x[...] = f_prime(g(x)) * g_prime(x)
        return x
    return f_prime(g(x)) * g_prime(x)
