"""Limits per process, tried until they hold."""

# Attempts are sent to the children as source: they bring their own imports, and do things as students do.
# ruff: noqa: PLC0415, PTH123, SIM115

from __future__ import annotations

import errno
import signal

import pytest

from tests.grading.sandbox.conftest import Ground

MIB = 2**20


def allocate(mebibytes):
    """Allocate memory and touch every page of it."""
    block = bytearray(mebibytes * 2**20)
    block[::4096] = b"x" * len(block[::4096])
    return len(block)


def test_memory_up_to_the_limit_can_be_used(ground: Ground) -> None:
    """The limit is what student code may have on top of the libraries."""
    assert ground.attempt(allocate, 200, memory_bytes=256 * MIB).value == 200 * MIB


def test_memory_beyond_the_limit_is_a_memory_error(ground: Ground) -> None:
    """More than the limit raises MemoryError; the process goes on."""
    assert ground.attempt(allocate, 300, memory_bytes=256 * MIB).error == "MemoryError"


def test_a_mapping_beyond_the_limit_fails(ground: Ground) -> None:
    """Shared memory counts as well, which RLIMIT_DATA alone would not see."""

    def attempt(mebibytes):
        import mmap

        mmap.mmap(-1, mebibytes * 2**20)

    assert ground.attempt(attempt, 300, memory_bytes=256 * MIB).errno == errno.ENOMEM


def test_torch_says_that_memory_is_short(honest_ground: Ground) -> None:
    """A tensor beyond the limit is an exception, not the end of the process."""

    def attempt():
        import torch

        torch.zeros(2**30)

    outcome = honest_ground.attempt(attempt)

    assert outcome.error == "RuntimeError"
    assert "can't allocate memory" in outcome.message


def test_memory_cannot_be_pinned(ground: Ground) -> None:
    """No page can be locked into memory, where it would press on every other program."""

    def attempt():
        import ctypes
        import mmap

        libc = ctypes.CDLL(None, use_errno=True)
        page = ctypes.c_char.from_buffer(mmap.mmap(-1, 4096))
        libc.mlock(ctypes.byref(page), ctypes.c_size_t(4096))
        return ctypes.get_errno()

    assert ground.attempt(attempt).value == errno.EPERM


def test_computing_without_end_is_ended(honest_ground: Ground) -> None:
    """Computing time is bounded by the kernel, and the signal says so."""

    def attempt():
        while True:
            pass

    assert honest_ground.attempt(attempt, cpu_seconds=1).signal == signal.SIGXCPU


def test_a_file_cannot_grow_beyond_the_limit(ground: Ground) -> None:
    """Writing up to the limit works; one byte more fails."""

    def attempt(size):
        with open("big", "wb", buffering=0) as file:
            written = file.write(bytes(size))
            try:
                file.write(b"x")
            except OSError as error:
                return [written, error.errno]

    assert ground.attempt(attempt, MIB, file_bytes=MIB).value == [MIB, errno.EFBIG]


def test_descriptors_are_bounded(ground: Ground) -> None:
    """Opening files without end fails soon."""

    def attempt():
        files = []
        try:
            while True:
                files.append(open("/dev/null", "rb"))
        except OSError as error:
            return [len(files), error.errno]

    opened, reason = ground.attempt(attempt, open_files=32).value

    assert opened < 32
    assert reason == errno.EMFILE


def test_threads_are_bounded(ground: Ground) -> None:
    """Starting threads without end fails soon, where the worker has a uid of its own."""
    if ground.policy["uid"] is None:
        pytest.skip("the user who grades has other threads, which count as well")

    def attempt():
        import threading

        stop, count = threading.Event(), 0
        try:
            for _ in range(100):
                threading.Thread(target=stop.wait, daemon=True).start()
                count += 1
        except RuntimeError:
            stop.set()
        return count

    assert 4 <= ground.attempt(attempt, threads=20).value < 20


def test_the_disk_is_bounded_below_bubblewrap(ground: Ground) -> None:
    """At T3 the scratch folder is full when it is full, however many files share it."""
    if ground.tier != "T3":
        pytest.skip("only T3 promises it")

    def attempt():
        for number in range(64):
            with open(f"part{number}", "wb") as file:
                file.write(bytes(2**20))

    assert ground.attempt(attempt).errno == errno.ENOSPC


@pytest.mark.parametrize("kind", ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"])
def test_limits_cannot_be_raised(ground: Ground, kind: str) -> None:
    """A worker can lower its limits, never raise them."""

    def attempt(kind):
        import resource

        hard = resource.getrlimit(getattr(resource, kind))[1]
        resource.setrlimit(getattr(resource, kind), (hard + 1, hard + 1))

    outcome = ground.attempt(attempt, kind)

    assert outcome.error in ("ValueError", "PermissionError")
