"""For the level line, where all three numbers are 0, you return a point. Every place would do there, and so the
contract lists none.

Caught by: test_straight_lines
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return [(0.0, "inflection")] if c == 0 else []
    if a == 0:
        return [(-c / (2 * b), "minimum" if b > 0 else "maximum")]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
