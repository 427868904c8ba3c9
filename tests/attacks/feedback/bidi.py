"""Raises bidirectional and zero-width characters that reorder what is read."""
def double(x):
    raise ValueError("\u202e\u2066dessap\u2069\u200b\u200f\ufeff")
