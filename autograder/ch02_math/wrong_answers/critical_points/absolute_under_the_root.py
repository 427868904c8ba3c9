"""You take the absolute value of what is under the root, and so find places that are none. A negative number there
means that the slope is never 0.

Caught by: test_curves_without_a_point
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [(-c / (2 * b), "minimum" if b > 0 else "maximum")]
    D = abs(b * b - 3 * a * c)
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    reach = D**0.5 / abs(3 * a)
    middle = -b / (3 * a)
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in (middle - reach, middle + reach)]
