"""You call the first point a maximum and the second a minimum, whatever the sign of a. A cubic with a negative a comes
from above, so it meets its valley first.

Caught by: test_falling_cubics
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
        return [(-b / (3 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(roots[0], "maximum"), (roots[1], "minimum")]
