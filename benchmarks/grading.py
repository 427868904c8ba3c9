"""What a student waits for: a check cell in the notebook, and the full verdict on a chapter."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator
from unittest import mock

from benchmarks.measure import Figure, median_seconds, milliseconds
from course_lib.authoring.source import read_source
from course_lib.catalog import load_course
from course_lib.grading.judge import Judge
from course_lib.grading.recording import RecordingBackend
from course_lib.grading.submission import Submission
from course_lib.grading.warm_bank import reference_cells

CHAPTER = "ch04_first_network"


def figures() -> Iterator[Figure]:
    """Measure and yield the rows."""
    yield Figure('`check("sigmoid")` in a notebook, all of it', milliseconds(check_seconds()), "50 ms")
    whole, computing = grade_seconds()
    yield Figure("the perfect chapter 4: student and probe code", f"{computing:.1f} s", "20 s")
    yield Figure("the perfect chapter 4: the judge's own time", f"{whole - computing:.2f} s", "1 s")


def check_seconds() -> float:
    """Time a check cell, the student's function included, in a notebook of the reference."""
    course = load_course()
    source = read_source(course.chapter(CHAPTER))
    names: dict[str, object] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for code in (source.setup, source.reference("sigmoid")):
            exec(compile(code, "<cell>", "exec"), names)  # noqa: S102 - our own reference
        return median_seconds(lambda: exec('check("sigmoid")', names), 30)  # noqa: S102 - as above


def grade_seconds() -> tuple[float, float]:
    """Return the time of a warm verdict on the reference, and the part of it in which student code ran."""
    course = load_course()
    chapter = course.chapter(CHAPTER)
    source = read_source(chapter)
    spent = 0.0
    request = RecordingBackend.request

    def timed(*args: object, **kwargs: object) -> object:
        nonlocal spent
        began = time.perf_counter()
        try:
            return request(*args, **kwargs)  # type: ignore[arg-type]
        finally:
            spent += time.perf_counter() - began

    submission = Submission("reference", chapter, reference_cells(source), frozenset(source.slugs), ())
    with Judge(course) as judge, mock.patch.object(RecordingBackend, "request", timed):
        judge.grade(submission, ["sigmoid"])  # the first imports
        spent = 0.0
        began = time.perf_counter()
        judge.grade(submission)
        return time.perf_counter() - began, spent
