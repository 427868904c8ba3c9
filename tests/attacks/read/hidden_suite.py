"""Reads the hidden suite and puts its text into an exception."""
def double(x):
    raise ValueError("x " + open(SUITE).read())
