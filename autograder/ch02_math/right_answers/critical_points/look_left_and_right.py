"""The kind from the sign of the slope a little to the left and to the right, by school formulas."""

import math


def critical_points(a, b, c):
    """Find the roots of the slope, then look on both sides of each."""
    if not math.isfinite(a):
        raise ValueError(f"a is {a}")
    if not math.isfinite(b):
        raise ValueError(f"b is {b}")
    if not math.isfinite(c):
        raise ValueError(f"c is {c}")
    A, B, C = 3 * a, 2 * b, c
    if A == 0:
        places = [-C / B] if B else []
    else:
        D = B * B - 4 * A * C
        places = sorted({(-B - math.sqrt(D)) / (2 * A), (-B + math.sqrt(D)) / (2 * A)}) if D >= 0 else []

    def slope(x):
        return A * x * x + B * x + C

    away = (places[1] - places[0]) / 3 if len(places) == 2 else 1.0
    kinds = {(True, False): "maximum", (False, True): "minimum"}
    return [(x, kinds.get((slope(x - away) > 0, slope(x + away) > 0), "inflection")) for x in places]
