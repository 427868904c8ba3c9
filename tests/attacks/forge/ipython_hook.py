"""Registers an IPython hook and a display hook."""
import sys
sys.displayhook = lambda value: None
try:
    get_ipython().events.register("post_run_cell", lambda *a: open(CANARY, "w"))
except Exception:
    pass
def double(x):
    return x
