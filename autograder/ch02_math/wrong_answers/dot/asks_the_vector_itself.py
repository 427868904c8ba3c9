"""You find out whether a vector is empty by `if not a`. That works for lists, but an array of several entries is
neither true nor false, and NumPy raises an error. Ask for its length: `len(a) == 0`.

Caught by: test_tuples_and_arrays
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if not a:
        raise ValueError(f"a has {len(a)} entries")
    return sum(x * y for x, y in zip(a, b))
