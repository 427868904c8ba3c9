"""Sleeps, which costs no computing time."""
import time
def double(x):
    time.sleep(10**6)
