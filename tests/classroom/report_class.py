"""A class of the small course with verdicts made up, so that a report has something to say in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from course_lib.catalog import Course, load_course
from course_lib.classroom.ledger import Entry, Ledger
from course_lib.grading.report import ExerciseResult, Report, TestResult
from tests.grading.mini_course import CHAPTER, answers, write_course, write_notebook

WORTH = {"double": 4.0, "scale": 3.0, "fact": 2.0, "why": 1.0}
OWN = """def double(x):
    doubled = np.empty_like(x, dtype=float)
    for place, entry in np.ndenumerate(np.asarray(x)):
        doubled[place] = sum([entry] * 2, start=0.0)
    assert np.allclose(doubled - x, x), "no"
    return doubled.reshape(np.shape(x)).copy()
"""
HOSTILE = "<script>alert(1)</script>"


def course_in(root: Path) -> Course:
    """The small course, in an empty folder."""
    return load_course(write_course(root))


def passed(name: str = "test_values", title: str = "Every entry is doubled.", seconds: float = 0.5) -> TestResult:
    """A test that holds."""
    return TestResult(name, title, "passed", seconds=seconds)


def failed(
    misconception: str | None = None, outcome: str = "failed", title: str = "Every entry is doubled."
) -> TestResult:
    """A test that does not hold."""
    hint = "Twice is not squared." if misconception else None
    return TestResult("test_values", title, outcome, f"expected {HOSTILE}", hint, misconception)


def verdict(student: str, *tests: TestResult, read: bool = False, **points: float | None) -> Entry:
    """A verdict; exercises that are not named have all their points, and `tests` belong to `double`."""
    given = {**WORTH, "why": 1.0 if read else None, **points}
    results = []
    for slug, worth in WORTH.items():
        state = "needs_review" if given[slug] is None else "graded"
        mine = tests if slug == "double" else (passed(seconds=0.0),)
        results.append(ExerciseResult(slug, state, given[slug], worth, tuple(mine or (passed(),))))
    return Entry(student, "key", Report(CHAPTER, student, "T2", tuple(results)))


def left_out(student: str) -> Entry:
    """A verdict on the stubs as they were given out."""
    results = tuple(ExerciseResult(slug, "not_attempted", 0.0, worth) for slug, worth in WORTH.items())
    return Entry(student, "key", Report(CHAPTER, student, "T2", results))


def remember(course: Course, entries: Sequence[Entry]) -> None:
    """Note entries in the ledger."""
    Ledger(course.root, course.chapters[0]).append(entries)


def hand_in(course: Course, student: str, chapter: str = CHAPTER, **code: str) -> Path:
    """Write a submission."""
    return write_notebook(course.root / "submitted" / student / chapter / f"{chapter}.ipynb", answers(**code))
