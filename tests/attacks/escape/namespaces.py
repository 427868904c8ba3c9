"""Makes a user namespace in which it is root."""
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) < 0:
        raise PermissionError(ctypes.get_errno())
    open(CANARY, "w").write("owned")
    return x
