"""From what happened in the tests to points and sentences for the student."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence

from course_lib.catalog import Exercise
from course_lib.grading.errors import Mismatch, StudentCrash, StudentError
from course_lib.grading.plugin import TestRecord
from course_lib.grading.report import ExerciseResult, TestResult, describe_docstring
from course_lib.grading.safe_text import plain
from course_lib.grading.suites import declared_tests

MAX_MESSAGE = 500
FORM = "What came back does not have the form that the contract asks for."
ALONE = "It holds, but counts only beside a test of the values."
ENDED = "Your code ended its own process."
TELL = {
    "timeout": "Your code did not come back in time. Is there a loop that never ends?",
    "memory": "Your code needed more memory than it may use.",
    "blocked": "Your code touched something that graded code may not touch: a file, the network or another process.",
}


def exercise_result(
    exercise: Exercise,
    records: Sequence[TestRecord],
    named: Mapping[str, tuple[str, str]],
    unloaded: StudentError | None,
) -> ExerciseResult:
    """Build the verdict on one attempted exercise.

    Args:
        exercise: the exercise.
        records: what happened in its tests.
        named: by test, the misconception and its hint, where it is known.
        unloaded: why a cell of it could not be run, if so.

    """
    if any(record.ours for record in records) or {r.name for r in records} != set(declared_tests(exercise.suite)):
        return ExerciseResult(exercise.slug, "grader_error", None, exercise.points, _withheld(records))
    tests = tuple(test_result(record, named.get(record.name), unloaded) for record in records)
    return ExerciseResult(exercise.slug, "graded", points_of(exercise, records), exercise.points, tests)


def points_of(exercise: Exercise, records: Sequence[TestRecord]) -> float:
    """Share the points evenly over the tests; supporting tests count only where another test passes."""
    passed = [record for record in records if record.error is None]
    if all(record.supporting for record in passed):
        return 0.0
    return round(exercise.points * len(passed) / len(records), 2)


def test_result(record: TestRecord, named: tuple[str, str] | None, unloaded: StudentError | None) -> TestResult:
    """Build the verdict on one test, with nothing in it that must stay hidden."""
    title, hint = describe_docstring(record.function)
    outcome, message = outcome_of(record.error, unloaded)
    misconception, told = named or (None, hint if outcome == "failed" else None)
    return TestResult(
        record.name, title, outcome, plain(message, MAX_MESSAGE), told, misconception, round(record.seconds, 4)
    )


test_result.__test__ = False  # type: ignore[attr-defined]


def outcome_of(error: BaseException | None, unloaded: StudentError | None = None) -> tuple[str, str]:
    """Return a test's outcome and a sentence that reveals neither inputs nor expected values."""
    if error is None:
        return "passed", ""
    if isinstance(error, Mismatch):
        return "failed", error.sentence
    if isinstance(error, StudentError):
        if unloaded is not None and error.is_a("NameError"):
            return "error", f"Your cell could not be run: {tell_hidden(unloaded)} {unloaded.message}".strip()
        return error.outcome, tell_hidden(error)
    return "failed", "" if isinstance(error, AssertionError) else FORM


def tell_hidden(error: StudentError) -> str:
    """Name an exception by its builtin class and line. Its text stays out: it could carry hidden inputs."""
    if error.outcome in TELL:
        return TELL[error.outcome]
    if error.is_a("NotImplementedError"):
        return "Not written yet: the stub still raises NotImplementedError."
    if isinstance(error, StudentCrash):
        return ENDED
    place = f" in line {error.line} of the cell `{error.cell}`" if error.line and error.cell else ""
    return f"Your code raised {builtin_name(error.types)}{place}."


def builtin_name(types: tuple[str, ...]) -> str:
    """Return the most specific builtin class; a class of the student's own could be named after anything."""
    return next((name for name in types if isinstance(getattr(builtins, name, None), type)), "an exception")


def _withheld(records: Sequence[TestRecord]) -> tuple[TestResult, ...]:
    return tuple(
        TestResult(record.name, describe_docstring(record.function)[0], "error", "The grader failed, not you.")
        for record in records
    )
