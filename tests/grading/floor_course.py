"""The small course with a floor: the mean of `double` on ones, with a little noise of the judge's own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from course_lib.catalog import Chapter, Course, load_course
from course_lib.grading import pool
from course_lib.grading.judge import Judge
from tests.grading.mini_course import CHAPTER, SUITES, write_course

MEASURES = '''
"""What is measured."""

import numpy as np

NOISE = 0.01


def _noise(seed):
    return NOISE * np.random.default_rng(seed).standard_normal()


def closeness(student, seed):
    """How close `double` comes to doubling."""
    mean = np.mean(student.double(np.ones(3))) / 2
    return float(1 - abs(mean - 1) + _noise(seed))
'''

FLOOR_TEST = '''

def test_comes_close(meets_floor):
    """It comes close.

    Twice.
    """
    meets_floor("closeness")
'''


def write_floor_course(root: Path) -> Course:
    """Write the course; `squares` and `triples` are to be caught by the floor, `keeps_nan` is not."""
    write_course(root)
    edit(root / "course.toml", "call_seconds = 1.0", "call_seconds = 2.5")  # a machine at work may stop for a second
    hidden = root / "autograder" / CHAPTER
    (hidden / "measures.py").write_text(MEASURES)
    (hidden / "test_double.py").write_text(SUITES["double"] + FLOOR_TEST)
    for name in ("squares", "triples"):
        edit(hidden / "wrong_answers" / "double" / f"{name}.py", "test_matrix", "test_matrix, test_comes_close")
    return load_course(root)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def chapter_of(course: Course) -> Chapter:
    """The only chapter."""
    return course.chapter(CHAPTER)


def judge_of(course: Course, judge: Judge) -> Judge:
    """A judge of another course in the same sandbox."""
    other = copy.copy(judge)
    other.course = course
    return other


class Here(Executor):
    """Runs what is submitted at once, in this process, with one judge."""

    def __init__(self, judge: Judge, patch: pytest.MonkeyPatch):
        patch.setattr(pool, "_judges", [judge])

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future
