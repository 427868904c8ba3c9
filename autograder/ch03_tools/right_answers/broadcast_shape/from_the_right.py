"""A walk from the right with negative indices, the result built from back to front."""


def broadcast_shape(a, b):
    """Compare the last sizes, then the last but one, and so on."""
    if min([*a, 0]) < 0:
        raise ValueError(f"a: sizes must be 0 or more, received {a}")
    if min([*b, 0]) < 0:
        raise ValueError(f"b: sizes must be 0 or more, received {b}")
    result = ()
    for place in range(1, max(len(a), len(b)) + 1):
        size_a = a[-place] if place <= len(a) else 1
        size_b = b[-place] if place <= len(b) else 1
        if size_a in (1, size_b):
            result = (size_b, *result)
        elif size_b == 1:
            result = (size_a, *result)
        else:
            raise ValueError(f"a {a} and b {b} differ in place {place} from the right")
    return result
