"""You notice that the lengths differ, but your message does not say what came. Name the argument and show its length;
whoever reads the message wants to find the mistake without a debugger.

Caught by: test_refuses_different_lengths
"""


def dot(a, b):
    if len(a) != len(b):
        raise ValueError("vectors of different length")
    if len(a) == 0:
        raise ValueError(f"a has {len(a)} entries")
    return sum(x * y for x, y in zip(a, b))
