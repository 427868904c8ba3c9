"""You raise and lower the entries of x itself and do not put them back: from the second entry on you measure at another
place, and the caller's array has changed. Work on a copy.

Caught by: test_quadratics_of_a_vector, test_tables_and_stacks_of_tables, test_argument_stays_as_it_was
"""


def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}")
    if not h > 0:
        raise ValueError(f"h must be positive, got {h}")
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        gradient[place] = (above - f(x)) / (2 * h)
    return gradient
