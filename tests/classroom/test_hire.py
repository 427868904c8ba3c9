"""The processes that grade a class: where they run, and with how many threads."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from course_lib.classroom import hire

POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def where() -> tuple[int, frozenset[int]]:
    """Return a process's number and the CPUs that it may use, slowly, so that every process of a pool is asked."""
    time.sleep(0.3)
    return os.getpid(), frozenset(os.sched_getaffinity(0))


CPUS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@pytest.mark.skipif(not 2 <= len(CPUS) <= 8, reason="needs Linux, and a few CPUs to choose from")
@pytest.mark.parametrize("jobs", [len(CPUS) - 1, len(CPUS)])
def test_each_process_has_a_cpu_where_there_are_enough(jobs: int) -> None:
    """As many as CPUs keep to one each, with their workers; fewer go where there is room."""
    with hire.crew_of(jobs).hire() as pool:
        told = dict(future.result() for future in [pool.submit(where) for _ in range(2 * jobs)])

    own = [{cpu} for cpu in CPUS]
    assert sorted(told.values(), key=min) == (own if jobs == len(CPUS) else [set(CPUS)] * jobs)


@pytest.mark.skipif(not CPUS, reason="needs Linux")
def test_where_a_cpu_may_not_be_chosen_the_kernel_places_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may forbid it; the process grades all the same."""
    asked = []

    def refuse(_process: int, cpus: set[int]) -> None:
        asked.append(cpus)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(hire.os, "sched_setaffinity", refuse)
    settled = multiprocessing.Value("i", 0)

    hire._settle(len(CPUS), settled)

    assert asked == [{CPUS[0]}]
    assert settled.value == 1


def test_each_process_computes_with_one_thread_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads that share a CPU wait for each other; who sets a number knows why."""
    monkeypatch.delenv(POOLS[0], raising=False)
    monkeypatch.delenv(POOLS[1], raising=False)
    monkeypatch.setenv(POOLS[2], "3")

    hire.crew_of(1)  # its processes begin with this environment

    assert [os.environ[name] for name in POOLS] == ["1", "1", "3"]
