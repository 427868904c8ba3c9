"""Huge pages: a process with less to copy at a fork and less to tear down at its end.

A fork copies the page tables of all memory that the process has of its own, one entry for each 4 KiB; with torch
imported that is 170 MiB. In pages of 2 MiB it is one entry in place of 512. Linux 6.1 or newer puts pages together
where it is asked to (`MADV_COLLAPSE`, madvise(2)).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from course_lib.grading.sandbox import libc

HUGE = 2**21  # bytes
MADV_COLLAPSE = 25
MAPS = Path("/proc/self/maps")


def collapse() -> int:
    """Gather this process's memory in huge pages and return their number; an older kernel leaves all as it is."""
    if not sys.platform.startswith("linux"):
        return 0
    return sum(_collapsed(start) for start in whole_pages(MAPS.read_text("ascii").splitlines()))


def whole_pages(maps: Iterable[str]) -> Iterator[int]:
    """Yield where each whole huge page of writable memory begins that no file stands behind.

    Args:
        maps: the lines of `/proc/self/maps`, see proc_pid_maps(5): `start-end rw-p offset device inode [name]`.

    """
    for line in maps:
        span, access, _offset, _device, inode = line.split()[:5]
        if access == "rw-p" and inode == "0":
            start, end = (int(bound, 16) for bound in span.split("-"))
            yield from range(-(-start // HUGE) * HUGE, end // HUGE * HUGE, HUGE)


def _collapsed(start: int) -> bool:
    with suppress(OSError):  # an old kernel, a page that nothing was written to, no memory to spare
        libc.madvise(start, HUGE, MADV_COLLAPSE)
        return True
    return False
