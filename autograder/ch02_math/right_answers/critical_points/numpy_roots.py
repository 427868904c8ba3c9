"""The roots by `np.roots`, the kind from the second derivative."""


def critical_points(a, b, c):
    """Solve the quadratic equation with NumPy and look at the bend."""
    for name, number in {"a": a, "b": b, "c": c}.items():
        if not np.isfinite(number):
            raise ValueError(f"{name} = {number}")
    if a == 0 and b == 0:
        return []
    if a != 0 and b * b == 3 * a * c:
        return [(-b / (3 * a), "inflection")]
    roots = np.roots([3 * a, 2 * b, c])
    if np.iscomplexobj(roots):
        return []
    return [(float(x), "minimum" if 6 * a * x + 2 * b > 0 else "maximum") for x in sorted(roots)]
