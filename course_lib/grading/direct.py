"""Running a suite's tests as plain functions: for the many small runs of a proof, where pytest would cost the most."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from course_lib.catalog import Exercise
from course_lib.grading.errors import GraderError, StudentTimeout
from course_lib.grading.fixtures import Fixtures
from course_lib.grading.floors import Floors
from course_lib.grading.identity import derive_seed
from course_lib.grading.plugin import MAX_HANGS, TestRecord
from course_lib.grading.recording import Call, RecordingBackend
from course_lib.grading.session import Session
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
    told: dict[bytes, Call] = {}
    for record in _records(exercise):
        if hangs < MAX_HANGS:
            session.forget()
            seed = partial(derive_seed, *identity, record.slug, record.name)
            _run(record, Fixtures(partial(_backend, record, session, seed("calls"), limit, told), floors, seed))
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


def _run(record: TestRecord, fixtures: Fixtures) -> None:
    began = time.perf_counter()
    try:
        record.function(**fixtures.for_test(record.function))
    except GraderError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever ends a test fails it
        record.error = error
    record.seconds = round(time.perf_counter() - began, 4)


def _backend(
    record: TestRecord, session: Session, seed: int, seconds: float, told: dict[bytes, Call]
) -> RecordingBackend:
    backend = RecordingBackend(session, seed, seconds, told)
    record.calls = backend.calls
    return backend
