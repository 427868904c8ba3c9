"""Your places are right, but hills and valleys have changed their names. Where the second derivative is positive, the
slope rises from minus to plus: one comes down, then goes up. That is a valley, a minimum.

Caught by: test_curve_of_the_text, test_rising_cubics, test_falling_cubics, test_parabolas
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [(-c / (2 * b), "maximum" if b > 0 else "minimum")]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(x, "maximum" if 6 * a * x + 2 * b > 0 else "minimum") for x in roots]
