"""You compare the heights: you call a point a maximum if the curve is above zero there. Hill or valley is a question of
the bend, not of the height. Look at the sign of the second derivative.

Caught by: test_rising_cubics, test_falling_cubics
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        x = -c / (2 * b)
        return [(x, "maximum" if b * x * x + c * x > 0 else "minimum")]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(x, "maximum" if a * x**3 + b * x**2 + c * x > 0 else "minimum") for x in roots]
