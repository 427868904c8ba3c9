"""Becomes root again."""
import os
def double(x):
    os.setuid(0)
    open(CANARY, "w").write("owned")
    return x
