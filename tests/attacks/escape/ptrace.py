"""Attaches to the zygote as a debugger."""
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, os.getppid(), None, None) < 0:
        raise PermissionError(ctypes.get_errno())
    return x
