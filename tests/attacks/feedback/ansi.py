"""Raises escape sequences that rewrite a terminal."""
def double(x):
    raise ValueError("\x1b[2J\x1b[1;32mPASSED\x1b[0m \x1b]0;owned\x07 \x9b31m")
