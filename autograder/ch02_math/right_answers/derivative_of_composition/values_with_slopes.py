"""Values that carry their slope along, as in forward-mode automatic differentiation."""


def derivative_of_composition(f_prime, g, g_prime, x):
    """Send the pair (value, slope) through both functions."""

    def after(slope_so_far, derivative, place):
        return slope_so_far * derivative(place)

    value, slope = x, 1
    slope = after(slope, g_prime, value)
    value = g(value)
    return after(slope, f_prime, value)
