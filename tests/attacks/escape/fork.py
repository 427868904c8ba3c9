"""Forks a process that outlives it."""
import os, time
def double(x):
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    return x
