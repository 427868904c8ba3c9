"""Who grades a class: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
import os
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Any

from course_lib.catalog import Chapter
from course_lib.classroom.run import Crew
from course_lib.grading.pool import end_with_parent

PATIENCE = 10.0  # seconds in which a scheduler must answer
HEAVY = ("torch",)  # libraries that take seconds to import


class ClusterError(RuntimeError):
    """The cluster cannot be used; the message says why and what to do."""


class ClusterLostError(ClusterError):
    """The cluster was there and is gone."""


def crew_of(jobs: int, scheduler: str | None = None, chapter: Chapter | None = None) -> Crew:
    """Return a crew.

    Args:
        jobs: how many processes of this machine.
        scheduler: the address of a Dask scheduler, such as `tcp://head:8786`, in place of processes. Its workers must
            see the course's folder under the same path.
        chapter: what processes grade, so that they start with what its suites import.

    Raises:
        ClusterError: Dask is not installed, or no scheduler or worker answers.

    """
    if scheduler is None:
        context = _context(chapter)
        return Crew(lambda: _processes(jobs, context), jobs, forkserver.ensure_running)
    with _connect(scheduler) as client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
    if not workers:
        message = f"The scheduler at {scheduler} has no workers. Start some: dask worker {scheduler} --nthreads 1"
        raise ClusterError(message)
    return Crew(lambda: _hire(scheduler), workers)


def _hire(scheduler: str) -> Executor:
    try:
        return DaskExecutor(_connect(scheduler), scheduler)
    except ClusterError as error:  # it answered before
        raise _lost(scheduler) from error


def _lost(scheduler: str) -> ClusterLostError:
    return ClusterLostError(f"The Dask scheduler at {scheduler} is gone.")


def _context(chapter: Chapter | None) -> BaseContext:
    """Let processes be forked from one that was started for it and has imported, once for all of them, what each needs.

    A fork of this process would copy whatever threads it has.
    """
    for pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(pool, "1")  # read when they import: threads of one process on one CPU wait for each other
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["course_lib.classroom.work", *(_libraries(chapter) if chapter else ())])
    return context


def _processes(jobs: int, context: BaseContext) -> Executor:
    return ProcessPoolExecutor(jobs, context, _settle, (jobs, context.Value("i", 0)))


def _settle(jobs: int, settled: Any) -> None:
    """Give this process a CPU of its own, where there are no more of them than processes.

    A grader and its worker take turns. On one CPU the one finds in the cache what the other has written, and need not
    wake another CPU: about a fifth less time for each submission.
    """
    end_with_parent()
    with settled.get_lock():
        number, settled.value = settled.value, settled.value + 1
    if hasattr(os, "sched_setaffinity"):  # Linux
        cpus = sorted(os.sched_getaffinity(0))
        if jobs >= len(cpus):
            with suppress(OSError):  # a container may forbid it; then the kernel places us, as before
                os.sched_setaffinity(0, {cpus[number % len(cpus)]})


def _libraries(chapter: Chapter) -> list[str]:
    """Return the libraries that take seconds to import and that a chapter's suites name."""
    suites = [path.read_bytes() for path in chapter.hidden.glob("*.py")]  # whether they can be read, the judge says
    return [name for name in HEAVY if any(name.encode() in text for text in suites)]


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "--scheduler needs Dask: pip install 'deep-learning-from-zero[cluster]' here and on the workers."
        raise ClusterError(message) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said here
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = f"No Dask scheduler answers at {scheduler} ({error}). Start one: dask scheduler"
        raise ClusterError(message) from error


class DaskExecutor(Executor):
    """A cluster as an executor whose broken workers look like those of a process pool.

    Dask moves the work of a lost worker to another one by itself; what arrives here is only that it gave up, or that
    the scheduler is gone. A cluster that has lost all its workers waits for new ones.

    Args:
        client: a connection of this executor's own.
        address: of the scheduler.

    """

    def __init__(self, client: Any, address: str):
        self._client = client
        self._address = address

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call to the cluster.

        The future raises `BrokenExecutor` where the call took several workers down, `ClusterLostError` where the
        scheduler is gone.
        """
        outer = Future[Any]()
        if self._client.status != "running":
            outer.set_exception(_lost(self._address))
            return outer
        try:
            inner = self._client.submit(function, *args, **kwargs, pure=False)
            inner.add_done_callback(lambda done: self._hand_on(done, outer))
        except Exception:  # noqa: BLE001 - Dask has many ways to say that nobody is there
            outer.set_exception(_lost(self._address))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Leave the cluster as it is, since others may work there; what is under way for us is given up."""
        with suppress(TimeoutError):  # nobody is there any more to say goodbye to
            self._client.close(timeout=PATIENCE if self._client.status == "running" else 0)

    def _hand_on(self, inner: Any, outer: Future[Any]) -> None:
        try:
            if inner.status == "finished":
                outer.set_result(inner.result())
            elif inner.status == "error":
                outer.set_exception(BrokenExecutor(f"the cluster gave the task up: {inner.exception()}"))
            else:  # every future is cancelled when the connection ends
                outer.set_exception(_lost(self._address))
        except Exception as error:  # noqa: BLE001 - the result was there and did not arrive: it is asked for again
            outer.set_exception(BrokenExecutor(str(error)))
