"""Raises an exception whose text is a hundred megabytes."""
def double(x):
    raise ValueError("x" * 10**8)
