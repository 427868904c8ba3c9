"""Becomes another program."""
import os
def double(x):
    os.execv("/bin/sh", ["sh", "-c", f"echo owned > {CANARY}"])
