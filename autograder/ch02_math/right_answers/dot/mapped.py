"""Products by `map`, without a loop of one's own."""

import operator


def dot(a, b):
    """Multiply and add by higher-order functions."""
    if len(b) != len(a):
        raise ValueError(f"b: expected length {len(a)}, received {len(b)}")
    if not len(a):
        raise ValueError(f"a: expected at least one entry, received {len(a)}")
    return sum(map(operator.mul, a, b))
