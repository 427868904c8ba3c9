"""Both shapes reversed, the shorter one filled up by `itertools.zip_longest`; sets of sizes."""

from itertools import zip_longest


def broadcast_shape(a, b):
    """Collect the sizes of each place that are not 1; more than one is too many."""
    for name, shape in (("a", a), ("b", b)):
        if [size for size in shape if size < 0]:
            raise ValueError(f"{name}={shape}: negative size")
    found = []
    for pair in zip_longest(a[::-1], b[::-1], fillvalue=1):
        stretched = set(pair) - {1} or {1}
        if len(stretched) == 2:
            raise ValueError(f"{a} (a) does not fit with {b} (b)")
        found.append(stretched.pop())
    return tuple(found[::-1])


# The same by NumPy, to compare with: this line is no part of the function.
_by_numpy = np.broadcast_shapes((8, 1, 6), (5, 1))
