"""Direct calls of the kernel, which Python does not offer: `prctl`, `madvise`, and system calls by number."""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_LIBC.prctl.restype = ctypes.c_int
_LIBC.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_NO_NEW_PRIVS = 38


def syscall(what: str, number: int, *arguments: int | bytes | None) -> int:
    """Perform the system call `number` and return its result.

    Args:
        what: the name of the call, for the error.
        number: as in the table of this machine's architecture.
        arguments: integers, bytes (passed by their address, only to be read) or None for a null pointer.

    Raises:
        OSError: the kernel refused.

    """
    passed = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return _checked(_LIBC.syscall(ctypes.c_long(number), *passed), what)


def prctl(what: str, option: int, value: int) -> None:
    """Change an attribute of this process.

    Raises:
        OSError: the kernel refused.

    """
    zero = ctypes.c_ulong(0)
    _checked(_LIBC.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero), what)


def madvise(start: int, length: int, advice: int) -> None:
    """Advise the kernel about this process's memory from the address `start` on.

    Raises:
        OSError: the kernel refused.

    """
    _checked(_LIBC.madvise(start, length, advice), "madvise")


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result
