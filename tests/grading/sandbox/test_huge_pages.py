"""Huge pages: which memory is gathered, that it stays what it was, and that workers are forked from it."""

from __future__ import annotations

import ctypes
import sys
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from pathlib import Path

import pytest

from course_lib.grading.sandbox import huge_pages, libc
from course_lib.grading.sandbox.huge_pages import HUGE, collapse, whole_pages
from course_lib.grading.sandbox.launcher import Zygote
from course_lib.grading.sandbox.request import Request
from course_lib.grading.sandbox.zygote import WORTH_GATHERING

SIZE = 16 * HUGE
MAPS = """\
00100000-00700000 rw-p 00000000 00:00 0
00800000-00c00000 rw-p 00000000 00:00 0                                  [heap]
01000000-01800000 r--p 00000000 00:00 0
02000000-02800000 rw-s 00000000 00:01 1024                               /dev/shm/shared
03000000-03800000 rw-p 00000000 08:01 4711                               /usr/lib/a library.so
04100000-04200000 rw-p 00000000 00:00 0
"""


def test_only_whole_pages_of_ones_own_memory() -> None:
    """Not what is shared, what lies in a file, what cannot be written, nor less than a huge page."""
    assert list(whole_pages(MAPS.splitlines())) == [0x200000, 0x400000, 0x800000, 0xA00000]


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems other than Linux have no list of memory to read."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(huge_pages, "MAPS", Path("/nowhere"))

    assert collapse() == 0


def test_a_kernel_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older kernel does not know the advice: everything stays as it is."""

    def refuse(*_: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(libc, "madvise", refuse)

    assert collapse() == 0


def test_memory_stays_what_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is gathered lies in huge pages afterwards, with the same bytes in it."""
    with mmap(-1, SIZE, MAP_PRIVATE | MAP_ANONYMOUS) as memory:
        content = bytes(range(1, 252)) * (SIZE // 251)
        memory.write(content)
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        monkeypatch.setattr(huge_pages, "MAPS", tmp_path / "maps")
        huge_pages.MAPS.write_text(f"{start:08x}-{start + SIZE:08x} rw-p 00000000 00:00 0\n", "ascii")
        before = huge_bytes("self")
        count = collapse()
        if not count:
            pytest.skip("this kernel does not gather pages")

        assert count >= SIZE // HUGE - 1
        assert huge_bytes("self") - before >= count * HUGE
        assert memory[: len(content)] == content


def test_a_zygote_gathers_where_many_workers_are_forked() -> None:
    """Not for the first few, to whom it would cost more than it gives; workers answer as before."""
    if not collapse():
        pytest.skip("this kernel does not gather pages")
    sizes = []
    with Zygote("T0") as zygote:
        zygote.import_library("pictures")
        for _ in range(WORTH_GATHERING):
            worker = zygote.fork(512)
            sizes.append(huge_bytes(str(zygote._process.pid)))
            assert worker.ask(Request("value", "__name__"), 10.0) is not None
            worker.close()

    assert sizes[-2] == 0
    assert sizes[-1] >= 4 * HUGE


def huge_bytes(process: str) -> int:
    """Return how much of a process lies in huge pages."""
    (line,) = (text for text in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines() if "AnonHuge" in text)
    return int(line.split()[1]) * 1024
