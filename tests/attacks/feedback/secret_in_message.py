"""Puts the hidden input into an exception's text."""
def double(x):
    raise ValueError("leaked input: " + repr(x))
