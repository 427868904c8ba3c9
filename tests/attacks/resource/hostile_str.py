"""Raises an exception whose text never ends."""
class Evil(Exception):
    def __str__(self):
        while True:
            pass
def double(x):
    raise Evil
