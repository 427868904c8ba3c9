"""A small course with nbgrader's configuration, its release, and a gradebook that knows it."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_lib.catalog import Course, load_course
from course_lib.nbgrader.asking import judge_of
from course_lib.nbgrader.gradebook import ClassFolder, Marks
from tests.grading.mini_course import CHAPTER, code_cell, write_notebook


def _mark(cells: list[dict], number: int, **changes: object) -> None:
    """Change nbgrader's mark of a cell."""
    cells[number]["metadata"]["nbgrader"] |= changes


def _each(cells: list[dict], change: Callable[[dict], None]) -> None:
    """Change every cell."""
    for cell in cells:
        change(cell)


# What happens to notebooks on their way; cell 1 answers `double`, cell 2 checks it, cell 6 is the written answer.
DAMAGES: dict[str, Callable[[list[dict]], object]] = {
    "marks stripped": lambda cells: _each(cells, lambda cell: cell.update(metadata={})),
    "answer duplicated": lambda cells: cells.insert(2, copy.deepcopy(cells[1])),
    "checks deleted": lambda cells: (cells.pop(4), cells.pop(2)),
    "check edited": lambda cells: cells[2].update(source="print('all done')"),
    "points changed": lambda cells: _mark(cells, 2, points=1000, grade=True, solution=False, locked=False),
    "old schema": lambda cells: _mark(cells, 1, schema_version=1, solution=True, grade=False),
    "future schema": lambda cells: _mark(cells, 1, schema_version=99),
    "order reversed": lambda cells: cells.reverse(),
    "check as text": lambda cells: cells[2].update(cell_type="markdown"),
    "impossible id": lambda cells: cells[1].update(id="ü" * 200),
    "metadata as list": lambda cells: cells[1].update(metadata=["grade_id", 3]),
    "lone surrogate": lambda cells: cells.append(code_cell("note = '\ud800'")),
    "lost attachment": lambda cells: cells[6].update(source="Why twice?\n\n![sketch](attachment:sketch.png)"),
    "windows": lambda cells: _each(cells, lambda cell: cell.update(source=cell["source"].replace("\n", "\r\n"))),
    "magics": lambda cells: cells[1].update(source="%matplotlib inline\n" + cells[1]["source"]),
    "old outputs": lambda cells: cells[1].update(
        outputs=[{"output_type": "stream", "name": "stderr", "text": "x" * 999}]
    ),
}


@dataclass
class Classroom:
    """A course folder with a gradebook, and what a test does in it."""

    course: Course
    folder: ClassFolder

    @property
    def root(self) -> Path:
        """The course's folder, which is nbgrader's too."""
        return self.course.root

    def hand_in(self, student: str, cells: list[dict[str, Any]], minor: int = 5) -> Path:
        """Write a submission."""
        return write_notebook(self.path(student), cells, minor)

    def path(self, student: str) -> Path:
        """Where a student's notebook lies; its folder is made."""
        path = self.root / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def autograde(self, student: str) -> str:
        """Grade a submission into the gradebook; return what went wrong."""
        return self.folder.autograde(CHAPTER, student)

    def marks(self, student: str) -> Marks:
        """What the gradebook holds."""
        return self.folder.marks(CHAPTER, student)

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        """The gradebook; what a test changes in it is kept."""
        from nbgrader.api import Gradebook  # noqa: PLC0415 - slow to load

        with Gradebook(self.folder.db_url) as gradebook:
            yield gradebook
            gradebook.db.commit()

    def autograded(self, student: str) -> Path:
        """The notebook that nbgrader made."""
        return self.root / "autograded" / student / CHAPTER / f"{CHAPTER}.ipynb"

    def feedback(self, student: str) -> str:
        """Make the feedback page and return its HTML."""
        self.folder.generate_feedback(CHAPTER, student)
        return (self.root / "feedback" / student / CHAPTER / f"{CHAPTER}.html").read_text("utf-8")


@pytest.fixture(scope="session")
def classroom(built_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """A released small course; every test uses students of its own."""
    root = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("classroom") / "course"))
    yield Classroom(load_course(root), ClassFolder(root))
    judge_of(root).close()


Graded = Callable[..., Marks]


@pytest.fixture
def graded(classroom: Classroom, request: pytest.FixtureRequest) -> Graded:
    """A function that hands in cells as a student of this test, has nbgrader grade them, and returns the marks."""

    def grade(cells: list[dict[str, Any]], student: str | None = None, minor: int = 5) -> Marks:
        name = student or request.node.name
        classroom.hand_in(name, cells, minor)
        assert classroom.autograde(name) == ""
        return classroom.marks(name)

    return grade
