"""Starts a program without fork."""
import os
def double(x):
    os.posix_spawn("/bin/sh", ["sh", "-c", f"echo owned > {CANARY}"], {})
    return x
