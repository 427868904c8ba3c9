"""One warm worker on which the variants of an exercise are tried, one after the other."""

from __future__ import annotations

from functools import partial
from typing import Any, Self

from course_lib.authoring import recall
from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Exercise
from course_lib.grading.dependencies import builds_on
from course_lib.grading.floors import Floors
from course_lib.grading.healing import CodeCell
from course_lib.grading.judge import Judge
from course_lib.grading.session import Clock, Session
from course_lib.grading.warm_bank import reference_cells

TRAINS = 10.0  # an exercise that may take longer for one call than this (in seconds) trains networks


class Workbench:
    """Gives sessions of the reference with other code for one exercise. Use it as a context manager.

    Args:
        judge: opens the workers.
        chapter: the chapter.
        exercise: whose answer is replaced.

    Attributes:
        floors: loads the chapter's.
        known: what wrong answers gave before (see `replay.Memory`).

    """

    def __init__(self, judge: Judge, chapter: Chapter, exercise: Exercise):
        self._judge = judge
        self._exercise = exercise
        self._source = read_source(chapter)
        self._cells = reference_cells(self._source)
        self._trained, self._used = _trained(chapter, exercise, self._source, self._cells)
        self._session: Session | None = None
        self.floors = partial(Floors.load, chapter)
        self.known: dict[bytes, Any] = {}

    def __enter__(self) -> Self:
        """Return the workbench itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker."""
        if self._session is not None:
            self._session.close()

    def session_of(self, code: str) -> Session:
        """Return the session with `code` as the exercise's answer; it lasts until the next call."""
        clock = Clock(self._exercise.limits.total_seconds)
        if self._session is None or not self._session.alive:
            self._session = self._open(clock)
        self._session.start_again(clock)
        self._session.ask("run", recall.restore, (), {}, seed=0, seconds=self._exercise.limits.call_seconds)
        self._session.overlay(CodeCell(self._exercise.slug, code, frozenset({self._exercise.slug})))
        return self._session

    def _open(self, clock: Clock) -> Session:
        session = self._judge.open_session(self._cells, clock)
        own = tuple(self._source.defines(self._exercise.slug))
        session.ask("run", recall.prepare, (own, self._trained, self._used), {}, seed=0, seconds=TRAINS)
        return session


def _trained(
    chapter: Chapter, exercise: Exercise, source: ChapterSource, cells: tuple[CodeCell, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the functions that train networks for an exercise, and all names that may matter to them."""
    owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
    trained: list[str] = []
    used: set[str] = set()
    for slug in builds_on(exercise, cells, owner):
        other = chapter.exercise(slug)
        below = builds_on(other, cells, owner)
        if other.limits.call_seconds > TRAINS and exercise.slug not in below:
            trained += source.defines(slug)
            used |= {name for inner in {slug, *below} for name in source.defines(inner)}
    return tuple(sorted(trained)), tuple(sorted(used))
