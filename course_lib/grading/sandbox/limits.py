"""Limits that the kernel holds per process: memory, computing time, file size, descriptors, threads."""

from __future__ import annotations

import os
import resource
import sys

from course_lib.grading.sandbox.policy import Policy

_CPU_GRACE = 1  # seconds between SIGXCPU, which a student may ignore, and SIGKILL
_FIELD_ALL, _FIELD_DATA = 0, 5  # of /proc/self/statm, in pages


def apply(policy: Policy) -> None:
    """Limit this process; nothing without privileges can raise the limits again.

    Memory is counted on top of what is mapped already, so that the limit is the student's share whatever torch's build
    occupies: RLIMIT_AS bounds everything that is mapped, RLIMIT_DATA what is private and writable. macOS holds neither;
    there the judge's watchdog has to.

    Raises:
        OSError: a limit above the one that this process was started with.

    """
    occupied, private = _mapped_bytes()
    _limit(resource.RLIMIT_AS, occupied + policy.memory_bytes)
    _limit(resource.RLIMIT_DATA, private + policy.memory_bytes)
    _limit(resource.RLIMIT_CPU, policy.cpu_seconds, policy.cpu_seconds + _CPU_GRACE)
    _limit(resource.RLIMIT_FSIZE, policy.file_bytes)
    _limit(resource.RLIMIT_NOFILE, policy.open_files)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_MEMLOCK, 0)
    if policy.threads is not None:
        _limit(resource.RLIMIT_NPROC, policy.threads)
    if sys.platform == "linux":
        _limit(resource.RLIMIT_MSGQUEUE, 0)


def _limit(kind: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit; one that is lower already stays."""
    _soft, ceiling = resource.getrlimit(kind)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        if sys.platform == "linux":
            raise  # elsewhere a limit that the system does not hold may be refused


def _mapped_bytes() -> tuple[int, int]:
    """Return the bytes mapped by this process, and the private writable ones among them."""
    if sys.platform != "linux":
        return 0, 0
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - quick, and without pathlib
        fields = file.read().split()
    page = os.sysconf("SC_PAGE_SIZE")
    return int(fields[_FIELD_ALL]) * page, int(fields[_FIELD_DATA]) * page
