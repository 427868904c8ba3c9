"""A small course and a warm judge for the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.catalog import Course, load_course
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.submission import load_submission
from tests.grading.mini_course import write_course, write_notebook

Grade = Callable[..., Report]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course."""
    return load_course(write_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="session")
def judge(course: Course) -> Iterator[Judge]:
    """A judge of the small course, with the best sandbox of this machine."""
    with Judge(course) as judge:
        yield judge


@pytest.fixture
def grade(judge: Judge, tmp_path: Path) -> Grade:
    """A function that grades the cells of a notebook."""

    def grade_cells(cells: list[dict[str, Any]], name: str = "alice", slugs: list[str] | None = None) -> Report:
        path = write_notebook(tmp_path / name / "ch00_mini" / "ch00_mini.ipynb", cells)
        return judge.grade(load_submission(path, judge.course), slugs)

    return grade_cells
