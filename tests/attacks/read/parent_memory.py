"""Reads the zygote's memory with process_vm_readv."""
import ctypes, os
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(310, os.getppid(), None, 0, None, 0, 0) < 0:
        raise PermissionError(ctypes.get_errno())
    return x
