"""You put a, b and c into the school formula as they stand. That gives the zeros of a x² + b x + c; the slope of the
curve is 3a x² + 2b x + c.

Caught by: test_curve_of_the_text, test_rising_cubics, test_falling_cubics, test_parabolas
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [(-c / b, "minimum" if b > 0 else "maximum")]
    D = b * b - 4 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (2 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (2 * a), (-b + D**0.5) / (2 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
