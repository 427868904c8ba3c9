"""Ignores every signal that can be ignored and then loops."""
import signal
for number in range(1, 64):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
def double(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
