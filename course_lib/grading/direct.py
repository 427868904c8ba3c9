"""Running a suite's tests as plain functions: for the many small runs of a proof, where a verdict needs no report."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_lib.catalog import Chapter, Exercise
from course_lib.grading.errors import GraderError
from course_lib.grading.floors import Floors
from course_lib.grading.identity import derive_seed
from course_lib.grading.session import RecordingBackend, Session
from course_lib.grading.student import Student
from course_lib.grading.suites import declared_tests


def first_failure(
    chapter: Chapter, exercise: Exercise, session: Session, name: str, seconds: float | None = None
) -> str | None:
    """Run an exercise's tests until one fails; return its name, or None where all pass.

    Args:
        chapter: the chapter.
        exercise: whose suite to run.
        session: the code.
        name: of the submission; it decides the random inputs.
        seconds: what one call may take, where less than the exercise's limit is enough.

    Raises:
        GraderError: the grader itself failed.

    """
    limit = min(seconds or exercise.limits.call_seconds, exercise.limits.call_seconds)
    for test in _tests(exercise):
        session.forget()
        try:
            test(**_fixtures(chapter, exercise, session, test, name=name, seconds=limit))
        except GraderError:
            raise
        except Exception:  # noqa: BLE001 - whatever ends a test fails it
            return test.__name__
    return None


def _tests(exercise: Exercise) -> Iterator[Callable[..., None]]:
    module = importlib.import_module(f"autograder.{exercise.chapter}.{exercise.suite.stem}")
    for name in declared_tests(exercise.suite):
        yield getattr(module, name)


def _fixtures(  # noqa: PLR0913 - as above
    chapter: Chapter, exercise: Exercise, session: Session, test: Callable[..., None], *, name: str, seconds: float
) -> dict[str, Any]:
    def seed(purpose: str) -> int:
        return derive_seed(b"", name, exercise.slug, test.__name__, purpose)

    student = Student(RecordingBackend(session, seed("calls"), seconds))
    makers: dict[str, Callable[[], Any]] = {
        "student": lambda: student,
        "rng": lambda: np.random.default_rng(seed("rng")),
        "meets_floor": lambda: lambda floor: Floors.load(chapter).demand(floor, student, seed(floor)),
    }
    return {parameter: makers[parameter]() for parameter in inspect.signature(test).parameters}
