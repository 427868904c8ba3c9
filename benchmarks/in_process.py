"""Our hidden tests, run beside student code in one process, as graders do that have no other: for comparison only.

The notebooks of `benchmarks.stock_nbgrader` and the tests of `benchmarks.otter` call this; nothing is isolated here.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from course_lib.catalog import Chapter, load_course
from course_lib.grading.errors import StudentError
from course_lib.grading.identity import course_secret, derive_seed
from course_lib.grading.plugin import TestRecord
from course_lib.grading.recording import Call, paths_of
from course_lib.grading.student import LocalBackend, Student
from course_lib.grading.suites import declared_tests
from course_lib.grading.verdict import points_of

NAME = "written_by"  # the variable in which a generated submission carries its student's name


@cache
def chapter_of(name: str) -> Chapter:
    """Return a chapter of the course in `COURSE_ROOT`."""
    return load_course().chapter(name)


@cache
def functions(chapter: str, slug: str) -> dict[str, Callable[..., None]]:
    """Return the tests of an exercise by name, in order."""
    module = importlib.import_module(f"autograder.{chapter}.test_{slug}")
    return {name: getattr(module, name) for name in declared_tests(chapter_of(chapter).exercise(slug).suite)}


class Remembering(LocalBackend):
    """Asks once what several tests ask, as our judge does; this process grades one submission."""

    def request(self, name: str, target: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        """Perform the operation, or tell its result again."""
        key = paths_of([Call(name, target, args, kwargs or {}, 0)]) if name == "run_once" else None
        if key is None:
            return super().request(name, target, args, kwargs)
        if key[0] not in _told:
            _told[key[0]] = super().request(name, target, args, kwargs)
        return _told[key[0]]


_told: dict[bytes, Any] = {}


def run_test(chapter: str, slug: str, name: str, objects: dict[str, Any]) -> None:
    """Run one test on a notebook's variables, with the inputs that our judge draws for this student.

    Raises:
        AssertionError: the test failed.
        StudentError: the student's code did.

    """
    secret, who = course_secret(chapter_of(chapter).exercise(slug).root), str(objects.get(NAME, ""))

    def seed(purpose: str) -> int:
        return derive_seed(secret, who, slug, name, purpose)

    test = functions(chapter, slug)[name]
    fixtures = {
        "student": Student(Remembering(objects, seed("calls"))),
        "rng": np.random.default_rng(seed("rng")),
    }
    test(**{parameter: fixtures[parameter] for parameter in inspect.signature(test).parameters})


def points(chapter: str, slug: str, objects: dict[str, Any]) -> float:
    """Run an exercise's tests on a notebook's variables and return its points, shared out as our judge does.

    Warnings are not shown: stock nbgrader takes any word on standard error for a failure of the whole cell.
    """
    records = []
    for name, test in functions(chapter, slug).items():
        marks = {mark.name for mark in getattr(test, "pytestmark", ())}
        record = TestRecord(slug, name, test, supporting="supporting" in marks)
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                run_test(chapter, slug, name, objects)
        except (Exception, StudentError) as error:  # noqa: BLE001 - whatever ends a test fails it
            record.error = error
        records.append(record)
    return points_of(chapter_of(chapter).exercise(slug), records)
