"""Your function accepts vectors of different lengths: `zip` ends quietly with the shorter one, and whatever the longer
one still holds is forgotten. The result looks like a number and means nothing. Compare the lengths first.

Caught by: test_refuses_different_lengths
"""


def dot(a, b):
    if len(a) == 0 and len(b) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(x * y for x, y in zip(a, b))
