"""At whole numbers your slopes lose what is after the point: the buffer that you made like x can hold whole numbers
only. Return the product itself.

Caught by: test_whole_numbers
"""


def derivative_of_composition(f_prime, g, g_prime, x):
    slopes = np.zeros_like(x)
    slopes[...] = f_prime(g(x)) * g_prime(x)
    return slopes if slopes.ndim else slopes.item()
