"""Where D is negative you compute on, and Python's `**` hands you complex numbers. A place on the x-axis is a real
number, so there is none: return an empty list.

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
    D = b * b - 3 * a * c
    if D == 0:
        return [(-b / (3 * a), "inflection")]
    roots = [(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)]
    roots.sort(key=lambda x: x.real)
    return [(x.real, "minimum" if 6 * a * x.real + 2 * b > 0 else "maximum") for x in roots]
