"""In your formula b has lost its minus, so all places are mirrored: what should lie on the left is on the right. The
formula begins with −b.

Caught by: test_rising_cubics, test_falling_cubics, test_parabolas
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [(c / (2 * b), "minimum" if b > 0 else "maximum")]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    if D == 0:
        return [(b / (3 * a), "inflection")]
    roots = sorted([(b - D**0.5) / (3 * a), (b + D**0.5) / (3 * a)])
    return [(x, "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in roots]
