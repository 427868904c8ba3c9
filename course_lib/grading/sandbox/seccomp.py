"""The system-call filter: what a worker may ask of the kernel, as a BPF program for x86-64 and aarch64.

A refused call fails with EPERM, so that student code sees a `PermissionError`. A call of a foreign calling convention
(32-bit, x32), which would pass a table of numbers unseen, ends the process.

Source: Linux, Documentation/userspace-api/seccomp_filter.rst; instructions as in <linux/filter.h>.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from course_lib.grading.sandbox import libc
from course_lib.grading.sandbox.syscalls import AARCH64, CHECKED, DENIED, MISSING, NEWEST_KNOWN, X86_64

ALLOW = 0x7FFF0000
KILL = 0x80000000
_ERRNO = 0x00050000
EPERM = _ERRNO | errno.EPERM
ENOSYS = _ERRNO | errno.ENOSYS

# `struct seccomp_data`: number, architecture, instruction pointer, six arguments of eight bytes (little endian).
_OFFSET_NUMBER = 0
_OFFSET_ARCHITECTURE = 4
_OFFSET_ARGUMENTS = 16

_LOAD = 0x20  # A = 32 bits at offset k
_AND = 0x54  # A &= k
_IF_EQUAL = 0x15
_IF_AT_LEAST = 0x35
_RETURN = 0x06

_ARCHITECTURES = {X86_64: 0xC000003E, AARCH64: 0xC00000B7}
_SECCOMP = {X86_64: 317, AARCH64: 277}
_X32_BIT = 0x40000000

_SET_MODE_FILTER = 1
_ALL_THREADS = 1
# Without it, kernels before 5.16 slow the whole process down to protect secrets in it. A worker holds none.
_NO_SPECULATION_COST = 4

Instruction = tuple[int, int, int, int]
_INSTRUCTION = struct.Struct("=HBBI")  # code, jump if true, jump if false, k


@dataclass(frozen=True)
class Check:
    """A call that depends on one argument: `(argument & mask)` must be (or must not be) one of `values`.

    The kernel reads these arguments as 32-bit numbers, so the lower half decides.
    """

    call: str
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    forbidden: bool = False


# clone: a thread, and no new namespace, no tracing.
_CLONE_THREAD = 0x00010000
_CLONE_MASK = _CLONE_THREAD | 0x7E020000 | 0x00002000 | 0x00800000

# fcntl: commands that send signals to others, break other programs' locks, or watch folders.
_FCNTL_FORBIDDEN = (8, 10, 15, 1024, 1026)  # F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY

# ioctl: is it a terminal and how wide, bytes waiting, blocking and close-on-exec, copying a file within scratch.
_IOCTL_ALLOWED = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451, 0x40049409, 0x4020940D)

# prctl: names of threads and memory, timer slack, huge pages off, and questions.
_PRCTL_ALLOWED = (2, 3, 15, 16, 21, 23, 29, 30, 39, 41, 42, 51, 52, 56, 61, 64, 0x53564D41)

# open: O_TRUNC without writing, which truncates a file that one may only read (Landlock sees it from ABI 3 on).
_ACCESS_MODE, _O_TRUNC = 0o3, 0o1000
_TRUNCATING_READ = (_O_TRUNC | 0, _O_TRUNC | _ACCESS_MODE)


# Stands for the worker's own pid, which is known only after the fork; no process has so high a number.
_ANY_PID = 0x7FFF0001

CHECKS = (
    Check("clone", 0, (_CLONE_THREAD,), mask=_CLONE_MASK),
    Check("kill", 0, (_ANY_PID,)),
    Check("tkill", 0, (_ANY_PID,)),
    Check("tgkill", 0, (_ANY_PID,)),
    Check("rt_sigqueueinfo", 0, (_ANY_PID,)),
    Check("rt_tgsigqueueinfo", 0, (_ANY_PID,)),
    Check("prlimit64", 0, (0, _ANY_PID)),
    Check("sched_setaffinity", 0, (0, _ANY_PID)),
    Check("prctl", 0, _PRCTL_ALLOWED),
    Check("fcntl", 1, _FCNTL_FORBIDDEN, forbidden=True),
    Check("ioctl", 1, _IOCTL_ALLOWED),
    Check("open", 1, _TRUNCATING_READ, mask=_ACCESS_MODE | _O_TRUNC, forbidden=True),
    Check("openat", 2, _TRUNCATING_READ, mask=_ACCESS_MODE | _O_TRUNC, forbidden=True),
)


def machine() -> str | None:
    """Return the name of this machine's system-call table, or None where we have none."""
    name = {"arm64": AARCH64}.get(os.uname().machine, os.uname().machine)
    return name if name in _ARCHITECTURES and struct.calcsize("P") == 8 else None  # noqa: PLR2004 - 64-bit pointers


def program(name: str, pid: int) -> bytes:
    """Return the filter for the machine `name` and the process `pid`, as packed BPF instructions."""
    return _template(name).replace(_ANY_PID.to_bytes(4, "little"), pid.to_bytes(4, "little"))


@lru_cache
def _template(name: str) -> bytes:
    """Return the filter with `_ANY_PID` in place of the pid: a forked worker then has next to nothing to compute."""
    lines: list[Instruction] = [
        (_LOAD, 0, 0, _OFFSET_ARCHITECTURE),
        (_IF_EQUAL, 1, 0, _ARCHITECTURES[name]),
        (_RETURN, 0, 0, KILL),
        (_LOAD, 0, 0, _OFFSET_NUMBER),
    ]
    if name == X86_64:
        lines += [(_IF_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, KILL)]
    lines += [(_IF_AT_LEAST, 0, 1, NEWEST_KNOWN + 1), (_RETURN, 0, 0, ENOSYS)]
    for number in MISSING[name].values():
        lines += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, ENOSYS)]
    for check in CHECKS:
        if check.call in CHECKED[name]:
            lines += _checked(CHECKED[name][check.call], check)
    for first, last in _runs(DENIED[name].values()):
        lines += [(_IF_AT_LEAST, 0, 2, first), (_IF_AT_LEAST, 1, 0, last + 1), (_RETURN, 0, 0, EPERM)]
    return b"".join(_INSTRUCTION.pack(*line) for line in [*lines, (_RETURN, 0, 0, ALLOW)])


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Join neighbours, first and last: a shorter filter is checked faster by the kernel when it is installed."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _checked(number: int, check: Check) -> list[Instruction]:
    listed, unlisted = (EPERM, ALLOW) if check.forbidden else (ALLOW, EPERM)
    body: list[Instruction] = [
        (_LOAD, 0, 0, _OFFSET_ARGUMENTS + 8 * check.argument),
        (_AND, 0, 0, check.mask),
    ]
    for value in check.values:
        body += [(_IF_EQUAL, 0, 1, value), (_RETURN, 0, 0, listed)]
    body.append((_RETURN, 0, 0, unlisted))
    return [(_IF_EQUAL, 0, len(body), number), *body]


def enforce() -> None:
    """Put the filter on this process, for good. `PR_SET_NO_NEW_PRIVS` must be set.

    Raises:
        OSError: the kernel has no seccomp, or the machine is neither x86-64 nor aarch64.

    """
    name = machine()
    if name is None:
        message = f"no table of system calls for {os.uname().machine}; there are tables for x86_64 and aarch64"
        raise OSError(errno.ENOSYS, message)
    code = program(name, os.getpid())
    address = ctypes.cast(ctypes.c_char_p(code), ctypes.c_void_p).value
    _install(_SECCOMP[name], struct.pack("@HP", len(code) // _INSTRUCTION.size, address))


def _install(number: int, filter_program: bytes) -> None:
    for flags in (_ALL_THREADS | _NO_SPECULATION_COST, _ALL_THREADS):
        try:
            libc.syscall("seccomp", number, _SET_MODE_FILTER, flags, filter_program)
        except OSError as error:
            if error.errno != errno.EINVAL or flags == _ALL_THREADS:
                raise
        else:
            return


# Built before the zygote forks.
for _name in _ARCHITECTURES:
    _template(_name)
