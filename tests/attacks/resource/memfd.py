"""Hides memory in anonymous files."""
import os
def double(x):
    handle = os.memfd_create("hidden")
    for _ in range(4096):
        os.write(handle, b"x" * 2**20)
    return x
