"""Prints without end."""
import sys
def double(x):
    while True:
        sys.stdout.write("x" * 2**20)
        sys.stderr.write("x" * 2**20)
