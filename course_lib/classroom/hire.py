"""Who grades a class: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import Any

from course_lib.classroom.run import Crew
from course_lib.grading.pool import end_with_parent


class ClusterError(RuntimeError):
    """The cluster cannot be used; the message says why and what to do."""


def crew_of(jobs: int, scheduler: str | None = None) -> Crew:
    """Return a crew.

    Args:
        jobs: how many processes of this machine.
        scheduler: the address of a Dask scheduler, such as `tcp://head:8786`, in place of processes. Its workers must
            see the course's folder under the same path.

    Raises:
        ClusterError: Dask is not installed, or no scheduler or worker answers.

    """
    if scheduler is None:
        return Crew(lambda: _processes(jobs), jobs)
    client = _connect(scheduler)
    workers = len(client.scheduler_info(n_workers=-1)["workers"])
    if not workers:
        message = f"The scheduler at {scheduler} has no workers. Start some: dask worker {scheduler} --nthreads 1"
        raise ClusterError(message)
    return Crew(lambda: DaskExecutor(client), workers)


def _processes(jobs: int) -> Executor:
    context = multiprocessing.get_context("spawn")  # a fork would copy whatever threads the caller has
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=end_with_parent)


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "--scheduler needs Dask: pip install 'deep-learning-from-zero[cluster]' here and on the workers."
        raise ClusterError(message) from error
    try:
        return Client(scheduler, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = f"No Dask scheduler answers at {scheduler} ({error}). Start one: dask scheduler"
        raise ClusterError(message) from error


class DaskExecutor(Executor):
    """A cluster as an executor whose broken workers look like those of a process pool.

    Dask moves the work of a lost worker to another one by itself; what arrives here is only that it gave up, or that
    the scheduler is gone.
    """

    def __init__(self, client: Any):
        self._client = client

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call to the cluster."""
        outer = Future[Any]()
        inner = self._client.submit(function, *args, **kwargs, pure=False)
        inner.add_done_callback(lambda done: _hand_on(done, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Leave the cluster as it is: others may work there."""


def _hand_on(inner: Any, outer: Future[Any]) -> None:
    try:
        if inner.status == "finished":
            outer.set_result(inner.result())
        else:
            outer.set_exception(BrokenExecutor(f"the cluster gave the task up: {inner.status}"))
    except Exception as error:  # noqa: BLE001 - whatever the cluster says, this task has no result
        outer.set_exception(BrokenExecutor(str(error)))
