"""A submission: which cells to run, in which order, and which exercise each belongs to. Data; nothing here runs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.catalog import Chapter, Course
from course_lib.grading.code import defined_names
from course_lib.grading.healing import CodeCell, heal
from course_lib.grading.notebook_file import NotebookCell, SubmissionError, read_notebook

START = re.compile(r"^\s*start\(\s*[\"']([\w-]+)[\"']\s*\)", re.MULTILINE)


@dataclass(frozen=True)
class Submission:
    """A healed submission.

    Attributes:
        name: the student, or what stands for one.
        chapter: the assignment that it answers.
        cells: the code to run, in order.
        attempted: exercises that are more than their stub.
        notes: what was mended, for the report.

    """

    name: str
    chapter: Chapter
    cells: tuple[CodeCell, ...]
    attempted: frozenset[str]
    notes: tuple[str, ...]


def load_submission(path: Path, course: Course, assignment: str | None = None, name: str | None = None) -> Submission:
    """Read and heal a notebook.

    Args:
        path: the notebook.
        course: knows the chapters.
        assignment: the chapter, where it is known; else the notebook's content and name tell.
        name: the student; else the path tells.

    Raises:
        SubmissionError: the file cannot be graded; the message says why and what to do.

    """
    cells = read_notebook(path)
    chapter = course.chapter(assignment) if assignment else find_chapter(path, cells, course)
    source = read_source(chapter)
    healed = heal(cells, source)
    if not healed.recognised:
        message = f"{path.name} holds nothing of {chapter.name}. Is it another chapter's notebook?"
        raise SubmissionError(message)
    return Submission(name or submission_name(path), chapter, healed.cells, healed.attempted, healed.notes)


def submission_name(path: Path) -> str:
    """Return the student's name: the folder above the chapter's in nbgrader's layout, else the file's own name."""
    folder = path.absolute().parent
    return folder.parent.name if folder.name == path.stem and folder.parent.name else path.stem


def find_chapter(path: Path, cells: tuple[NotebookCell, ...], course: Course) -> Chapter:
    """Tell which chapter a notebook answers: by its `start(…)`, its file name, or what it defines.

    Raises:
        SubmissionError: no chapter fits.

    """
    names = [chapter.name for chapter in course.chapters]
    called = [found for cell in cells if cell.kind == "code" for found in START.findall(cell.source)]
    for name in [*called, path.stem]:
        if name in names:
            return course.chapter(name)
    for chapter in course.chapters:
        if path.stem.startswith(chapter.name) or _overlaps(cells, read_source(chapter)):
            return chapter
    known = ", ".join(names)
    message = f"{path.name} belongs to no assignment of this course ({known}). Name it with --assignment."
    raise SubmissionError(message)


def _overlaps(cells: tuple[NotebookCell, ...], source: ChapterSource) -> bool:
    wanted = {name for slug in source.code_slugs for name in source.defines(slug)}
    return any(defined_names(cell.source) & wanted for cell in cells if cell.kind == "code")
