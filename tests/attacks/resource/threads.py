"""Starts threads until it may not, and leaves them running."""
import threading, time
def double(x):
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
