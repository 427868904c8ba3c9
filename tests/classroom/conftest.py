"""A built small course for each module, an empty class for each test, and an executor that works at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from course_lib.catalog import load_course
from course_lib.nbgrader.gradebook import ClassFolder
from tests.nbgrader.conftest import Classroom


class Here(Executor):
    """Works at once, in this process, and tells somebody before."""

    def __init__(self, tell: Callable[[], object] = lambda: None):
        self.tell = tell

    def submit(self, function, /, *args, **kwargs):
        """Call the function."""
        self.tell()
        future: Future[object] = Future()
        future.set_result(function(*args, **kwargs))
        return future


@pytest.fixture(scope="module")
def built(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course as `course build` leaves it."""
    return Path(shutil.copytree(built_course, tmp_path_factory.mktemp("built") / "course"))


@pytest.fixture
def empty(built: Path, tmp_path: Path) -> Classroom:
    """A course of its own with an empty class."""
    root = Path(shutil.copytree(built, tmp_path / "course"))
    return Classroom(load_course(root), ClassFolder(root))
