"""A loop over positions that adds up one product after another."""


def dot(a, b):
    """Multiply and add, position by position."""
    if len(a) != len(b):
        raise ValueError(f"a has {len(a)} entries, but b has {len(b)}")
    if len(a) == 0:
        raise ValueError("a must not be empty, got length 0")
    total = 0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total
