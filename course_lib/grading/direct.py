"""Running a suite's tests as plain functions: for the many small runs of a proof, where pytest would cost the most."""

from __future__ import annotations

import importlib
import inspect
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from course_lib.catalog import Exercise
from course_lib.grading.errors import GraderError, StudentTimeout
from course_lib.grading.floors import Floors
from course_lib.grading.identity import derive_seed
from course_lib.grading.plugin import MAX_HANGS, TestRecord
from course_lib.grading.session import RecordingBackend, Session
from course_lib.grading.student import Student
from course_lib.grading.suites import declared_tests


def run_tests(
    exercise: Exercise,
    session: Session,
    floors: Callable[[], Floors],
    identity: tuple[bytes, str],
    seconds: float | None = None,
) -> Iterator[TestRecord]:
    """Run an exercise's tests one by one, as the judge's plugin does, and yield what happened in each.

    Args:
        exercise: whose suite to run.
        session: the code.
        floors: loads the chapter's, where a test asks for one.
        identity: the course's secret and the submission's name, which decide the random inputs.
        seconds: what one call may take, where less than the exercise's limit is enough.

    Raises:
        GraderError: the grader itself failed.

    """
    limit, hangs = min(seconds or exercise.limits.call_seconds, exercise.limits.call_seconds), 0
    for record in _records(exercise):
        if hangs < MAX_HANGS:
            session.forget()
            _run(record, _Fixtures(record, session, floors, identity, limit))
        else:
            record.error = StudentTimeout(("TimeoutError",), "not run, since earlier calls never came back")
        hangs += isinstance(record.error, StudentTimeout)
        yield record


def first_failure(tried: Iterable[TestRecord]) -> str | None:
    """Run tests until one fails; return its name, or None where all pass (see `run_tests`)."""
    return next((record.name for record in tried if record.error is not None), None)


def _records(exercise: Exercise) -> Iterator[TestRecord]:
    module = importlib.import_module(f"autograder.{exercise.chapter}.{exercise.suite.stem}")
    for name in declared_tests(exercise.suite):
        function = getattr(module, name)
        marks = {mark.name for mark in getattr(function, "pytestmark", ())}
        yield TestRecord(exercise.slug, name, function, "supporting" in marks)


def _run(record: TestRecord, fixtures: _Fixtures) -> None:
    began = time.perf_counter()
    try:
        record.function(**{name: getattr(fixtures, name)() for name in inspect.signature(record.function).parameters})
    except GraderError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever ends a test fails it
        record.error = error
    record.seconds = round(time.perf_counter() - began, 4)


class _Fixtures:
    """What a test may ask for by the name of a parameter: the fixtures of the judge's plugin."""

    def __init__(
        self,
        record: TestRecord,
        session: Session,
        floors: Callable[[], Floors],
        identity: tuple[bytes, str],
        seconds: float,
    ):
        self._floors = floors
        self._parts = (*identity, record.slug, record.name)
        backend = RecordingBackend(session, self._seed("calls"), seconds)
        record.calls = backend.calls
        self._student = Student(backend)

    def _seed(self, purpose: str) -> int:
        return derive_seed(*self._parts, purpose)

    def student(self) -> Student:
        return self._student

    def rng(self) -> np.random.Generator:
        return np.random.default_rng(self._seed("rng"))

    def meets_floor(self) -> Callable[[str], None]:
        return lambda floor: self._floors().demand(floor, self._student, self._seed(floor))
