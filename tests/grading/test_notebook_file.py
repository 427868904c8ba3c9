"""Reading a file that anybody may have written: each unusable one has a sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course_lib.catalog import Course
from course_lib.grading.notebook_file import SubmissionError, read_notebook
from course_lib.grading.submission import load_submission, submission_name
from tests.grading.mini_course import answers, code_cell, write_notebook


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"hello", "does not hold JSON"),
        (b"\xff\xfe\x00", "does not hold JSON"),
        (b"[1, 2]", "lacks `nbformat`"),
        (b'{"cells": []}', "lacks `nbformat`"),
        (b'{"nbformat": 3, "worksheets": []}', "has format 3; convert it: jupyter nbconvert"),
        (b'{"nbformat": 4}', "has no list of cells"),
        (b'{"nbformat": 4, "cells": {}}', "has no list of cells"),
        (b"[" * 200_000, "does not hold JSON"),
        (json.dumps({"nbformat": 4, "cells": [{}] * 6000}).encode(), "has more than 5000 cells"),
    ],
)
def test_an_unusable_file_has_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    """The sentence says what the file is and what to do."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)

    with pytest.raises(SubmissionError, match=words):
        read_notebook(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """A wrong path is told apart from a bad file."""
    with pytest.raises(SubmissionError, match="does not exist"):
        read_notebook(tmp_path / "none.ipynb")


def test_links_pipes_and_folders_are_refused_at_once(tmp_path: Path) -> None:
    """Nothing but a regular file is read: a link could point at our solutions, a pipe would never end."""
    (tmp_path / "real.ipynb").write_text("{}")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()

    for name in ("link.ipynb", "pipe.ipynb", "folder.ipynb"):
        with pytest.raises(SubmissionError, match=r"regular file|cannot be opened"):
            read_notebook(tmp_path / name)


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_format_is_read(tmp_path: Path, course: Course, minor: int) -> None:
    """Notebooks of format 4.0 to 4.5 are alike to us."""
    path = write_notebook(tmp_path / "a.ipynb", answers(), minor)

    assert load_submission(path, course).attempted == {"double", "scale", "fact", "why"}


def test_another_assignments_notebook_is_refused(tmp_path: Path, course: Course) -> None:
    """A notebook without anything of the chapter is not graded as an empty answer to it."""
    path = write_notebook(tmp_path / "a.ipynb", [code_cell("x = 1")])

    with pytest.raises(SubmissionError, match="holds nothing of ch00_mini"):
        load_submission(path, course, "ch00_mini")
    with pytest.raises(SubmissionError, match="belongs to no assignment of this course"):
        load_submission(path, course)


def test_the_chapter_is_found_by_what_is_defined(tmp_path: Path, course: Course) -> None:
    """A renamed file without a start() call still tells its chapter by its functions."""
    path = write_notebook(tmp_path / "final (2).ipynb", [cell for cell in answers() if "start(" not in cell["source"]])

    assert load_submission(path, course).chapter.name == "ch00_mini"


@pytest.mark.parametrize(
    ("path", "name"),
    [("submitted/alice/ch04/ch04.ipynb", "alice"), ("bob.ipynb", "bob"), ("homework/carol.ipynb", "carol")],
)
def test_the_students_name_comes_from_the_path(path: str, name: str) -> None:
    """In nbgrader's layout the folder tells, elsewhere the file."""
    assert submission_name(Path(path)) == name
