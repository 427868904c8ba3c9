"""When a is 0 you return nothing, although the curve is then a parabola with a bottom or a top. The slope 2b x + c is 0
at one place.

Caught by: test_parabolas
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0:
        return []
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    roots = sorted([(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
