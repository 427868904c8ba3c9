"""What a worker costs: to start, to call, to keep, and what the lockdown adds to computing."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.measure import Figure, median_seconds, milliseconds
from course_lib.grading.healing import CodeCell
from course_lib.grading.recording import RecordingBackend
from course_lib.grading.sandbox.launcher import Zygote
from course_lib.grading.session import Clock, Session
from course_lib.grading.student import Student

MEMORY_MIB = 2048
CODE = """
import numpy as np

def same(x):
    return x

def products(x, times):
    for _ in range(times):
        y = x @ x
    return float(y[0, 0])
"""


def figures() -> Iterator[Figure]:
    """Measure and yield the rows."""
    with Zygote() as zygote:
        zygote.import_library("torch")  # as for the chapters that need most
        yield Figure("a worker is ready, lockdown included", milliseconds(start_seconds(zygote)), "20 ms")
        with notebook(zygote) as student:
            yield from round_trips(student)
    yield Figure("memory of its own of a waiting worker", f"{private_mib():.0f} MiB", "40 MiB")
    yield from lockdown_cost()


def start_seconds(zygote: Zygote) -> float:
    """Return the median time from asking the zygote to the worker's greeting; ending the worker is not counted."""
    times = []
    for _ in range(31):
        began = time.perf_counter()
        worker = zygote.fork(MEMORY_MIB)
        times.append(time.perf_counter() - began)
        worker.close()
    return statistics.median(times[1:])


@contextmanager
def notebook(zygote: Zygote) -> Iterator[Student]:
    """Open a small notebook in a worker."""
    session = Session(zygote, (CodeCell("code", CODE),), Clock(600.0), MEMORY_MIB, 30.0)
    yield Student(RecordingBackend(session, 0, 60.0))
    session.close()


def round_trips(student: Student) -> Iterator[Figure]:
    """Time calls that carry little and much."""
    small, large = 1.0, np.zeros(2**17)
    yield Figure(
        "a call there and back, one number", milliseconds(median_seconds(lambda: student.same(small), 500)), "0.3 ms"
    )
    yield Figure(
        "a call there and back, 1 MiB each way", milliseconds(median_seconds(lambda: student.same(large), 50)), "3 ms"
    )


def private_mib() -> float:
    """Return the mean of what each of four waiting workers has for itself, in MiB.

    Without lockdown, since inside a namespace a process does not have the number that `/proc` shows us.
    """
    with Zygote("T0") as zygote:
        zygote.import_library("torch")
        workers = [zygote.fork(MEMORY_MIB) for _ in range(4)]
        try:
            return float(np.mean([_private(worker._pid) for worker in workers])) / 1024  # noqa: SLF001
        finally:
            for worker in workers:
                worker.close()


def _private(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return sum(int(found) for found in re.findall(r"^Private_\w+:\s+(\d+) kB", rollup, re.MULTILINE))


def lockdown_cost() -> Iterator[Figure]:
    """Compare the best tier with none, alternating, on much computing per call and on many calls."""
    matrix = np.random.default_rng(0).standard_normal((300, 300))
    with Zygote() as locked, Zygote("T0") as free, notebook(locked) as inside, notebook(free) as outside:
        computing = _ratio(lambda: inside.products(matrix, 40), lambda: outside.products(matrix, 40), 15)
        calling = _ratio(lambda: inside.same(1.0), lambda: outside.same(1.0), 600)
        tier = locked.tier
    yield Figure(f"{tier} against T0 on matrix products", f"{computing - 1:+.1%}", "+5 %")
    yield Figure(f"{tier} against T0 on bare calls", f"{calling - 1:+.1%}", "+5 %")


def _ratio(first: Callable[[], object], second: Callable[[], object], rounds: int) -> float:
    ratios = []
    for _ in range(rounds):
        times = []
        for action in (first, second):
            began = time.perf_counter()
            action()
            times.append(time.perf_counter() - began)
        ratios.append(times[0] / times[1])
    return statistics.median(ratios)
