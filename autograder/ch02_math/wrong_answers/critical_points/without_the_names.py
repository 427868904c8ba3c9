"""Your places are right, but the kinds are missing. Each entry of the list is a pair: the place and what it is.

Caught by: test_curve_of_the_text, test_rising_cubics, test_falling_cubics, test_double_roots, test_parabolas
"""


def critical_points(a, b, c):
    for name, value in (("a", a), ("b", b), ("c", c)):
        if not np.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
    if a == 0 and b == 0:
        return []
    if a == 0:
        return [-c / (2 * b)]
    D = b * b - 3 * a * c
    if D < 0:
        return []
    return sorted({(-b - D**0.5) / (3 * a), (-b + D**0.5) / (3 * a)})
