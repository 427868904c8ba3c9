"""You take the entries out with `pop`, and the lists belong to the caller: afterwards they are empty. Read the entries
and leave them where they are. (Arrays and tuples have no `pop` at all.)

Caught by: test_tuples_and_arrays, test_arguments_stay_as_they_were
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError(f"b has {len(b)} entries, a has {len(a)}")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    total = 0
    while a:
        total += a.pop() * b.pop()
    return total
