"""Your places are half of what they should be. With D = b² − 3ac the 2 of the school formula has already been
cancelled, and the denominator is 3a.

Caught by: test_curve_of_the_text, test_rising_cubics, test_falling_cubics
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [(-c / (2 * b), "minimum" if b > 0 else "maximum")]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (6 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (6 * a), (-b + D**0.5) / (6 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
