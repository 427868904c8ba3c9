"""You found that there is one point only, but not what kind it is. Where D is 0 the slope touches zero
and keeps its sign: neither minimum nor maximum, but an inflection.

Caught by: test_double_roots
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
        return [(-b / (3 * a), "minimum" if a > 0 else "maximum")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
