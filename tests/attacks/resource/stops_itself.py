"""Stops its own process, which neither computes nor ends."""
import os, signal
def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x
