"""Grading a class on any `concurrent.futures.Executor`: in order, in bounded memory, and past workers that die."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field

from course_lib.classroom.ledger import Entry
from course_lib.classroom.work import Outcome, Task, grade_one

DIED = (
    "the process that graded it died, twice, and nothing else was in it; look at its memory, or at the machine's log."
)


@dataclass
class Crew:
    """Whoever does the work, replaced when it breaks.

    Args:
        hire: makes an executor.
        size: how many tasks it works on at a time.
        begin: starts, in the background, what `hire` would take long for.

    """

    hire: Callable[[], Executor]
    size: int
    begin: Callable[[], object] = field(default=lambda: None)
    _executor: Executor | None = field(default=None, init=False)

    def submit(self, task: Task) -> Future[Outcome]:
        """Hand a task to the executor; where that is broken, the future says so."""
        if self._executor is None:
            self._executor = self.hire()
        try:
            return self._executor.submit(grade_one, task)
        except BrokenExecutor as error:
            broken = Future[Outcome]()
            broken.set_exception(error)
            return broken

    def dismiss(self) -> None:
        """End the executor; the next task gets a new one."""
        if self._executor is not None:
            executor, self._executor = self._executor, None
            executor.shutdown(wait=True, cancel_futures=True)


def grade_all(tasks: Iterable[Task], crew: Crew) -> Iterator[Outcome]:
    """Yield the outcome of every task, as they come.

    When a process dies, whatever was under way is graded again, one at a time: who kills a process alone is to blame.

    Args:
        tasks: what to grade; taken up as there is room, so that a class of any size needs the same memory.
        crew: does the work.

    """
    waiting, running = iter(tasks), dict[Future[Outcome], Task]()
    try:
        while True:
            while len(running) < 4 * crew.size and (task := next(waiting, None)) is not None:
                running[crew.submit(task)] = task
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            suspects = [running[future] for future in done if isinstance(future.exception(), BrokenExecutor)]
            yield from (future.result() for future in done if running.pop(future) not in suspects)
            if suspects:
                yield from _one_by_one([*suspects, *running.values()], crew)
                running.clear()
    finally:
        crew.dismiss()


def _one_by_one(suspects: Sequence[Task], crew: Crew) -> Iterator[Outcome]:
    crew.dismiss()
    for task in suspects:
        try:
            yield crew.submit(task).result()
        except BrokenExecutor:
            crew.dismiss()
            yield Outcome(Entry(task.student, "", None, DIED), ours=True)


def in_batches(outcomes: Iterable[Outcome], size: int, seconds: float) -> Iterator[list[Outcome]]:
    """Group outcomes, so that the gradebook is written rarely; what came before an exception is a group too.

    Args:
        outcomes: as they come.
        size: how many a group has at most.
        seconds: how long after the last group the next outcome ends one: a chapter that trains is written as it comes.

    """
    batch: list[Outcome] = []
    began = time.monotonic()
    try:
        for outcome in outcomes:
            batch.append(outcome)
            if len(batch) >= size or time.monotonic() - began >= seconds:
                yield batch
                batch, began = [], time.monotonic()
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
