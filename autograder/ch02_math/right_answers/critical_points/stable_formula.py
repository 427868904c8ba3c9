"""The formula that never subtracts nearly equal numbers (the second root from the product of both)."""


def critical_points(a, b, c):
    """Compute the larger sum first and divide for the other root."""
    for number, letter in ((a, "a"), (b, "b"), (c, "c")):
        if number - number != 0:
            raise ValueError(f"coefficient {letter} must be finite, not {number}")
    if not a:
        return [(-c / b / 2, ("maximum", "minimum")[b > 0])] if b else []
    root = b * b - 3 * a * c
    if root < 0:
        return []
    if root == 0:
        return [(-b / a / 3, "inflection")]
    larger = -b - root**0.5 if b > 0 else -b + root**0.5
    return [(x, "minimum" if a * x + b / 3 > 0 else "maximum") for x in sorted([larger / (3 * a), c / larger])]
