"""A course with a floor, and a pool of judges that is this process."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

import numpy as np
import pytest

from course_lib.catalog import Chapter, Course
from course_lib.grading.judge import Judge
from tests.grading.floor_course import Here, chapter_of, judge_of, write_floor_course


@pytest.fixture
def rng() -> np.random.Generator:
    """The same random numbers in every run."""
    return np.random.default_rng(20)


@pytest.fixture
def floor_course(tmp_path: Path) -> Course:
    """The course with a floor, not calibrated yet."""
    return write_floor_course(tmp_path)


@pytest.fixture
def chapter(floor_course: Course) -> Chapter:
    """Its chapter."""
    return chapter_of(floor_course)


@pytest.fixture
def here(floor_course: Course, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> Executor:
    """A pool that runs in this process."""
    return Here(judge_of(floor_course, judge), monkeypatch)
