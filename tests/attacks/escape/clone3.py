"""Starts a process by the raw number of clone3."""
import ctypes, struct, time
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(435, struct.pack("11Q", *([0] * 11)), 88)
    if pid == 0:
        open(CANARY, "w").write("owned")
        time.sleep(600)
    return x
