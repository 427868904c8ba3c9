"""Marks out of a real gradebook, which nbgrader itself has filled with students and grades."""

import csv
import io
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib.catalog import Course, load_course
from course_lib.classroom.class_report import make_report
from course_lib.classroom.export import Target, defused, export
from course_lib.classroom.marks import ClassMarks, Mark, NoGradebookError, Student, read_marks
from course_lib.cli import app
from course_lib.nbgrader.gradebook import ClassFolder
from tests.built_course import CONFIGURATION
from tests.classroom.report_class import course_in, remember, verdict
from tests.grading.mini_course import CHAPTER

AUTO = {"double__check": 4.0, "scale__check": 1.5, "fact__check": 2.0}
EVIL = "=HYPERLINK(0)"


@contextmanager
def gradebook(course: Course) -> Iterator[Any]:
    """The gradebook; what is changed in it is kept."""
    from nbgrader.api import Gradebook  # noqa: PLC0415 - slow to load

    with Gradebook(ClassFolder(course.root).db_url) as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLAlchemy, about how nbgrader adds a submission
        yield book
        book.db.commit()


@pytest.fixture(scope="module")
def course(built_course, tmp_path_factory):
    """A released course whose gradebook knows three students: read and late, still waiting, nothing handed in."""
    course = load_course(shutil.copytree(built_course, tmp_path_factory.mktemp("export") / "course"))
    with gradebook(course) as book:
        book.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org", lms_user_id="17")
        book.add_student("bea", first_name=EVIL, last_name="+1", email="bea@example.org")
        book.add_student("carl")
        note(book, "ada", written=0.75, penalty=0.5)
        note(book, "bea", written=None)
    return course


def note(book: Any, student: str, written: float | None, penalty: float | None = None) -> None:
    """Put a submission into the gradebook as grading and marking would."""
    submission = book.add_submission(CHAPTER, student, timestamp=datetime(2026, 11, 2))  # noqa: DTZ001 - as nbgrader has it
    (notebook,) = submission.notebooks
    notebook.late_submission_penalty = penalty
    for grade in notebook.grades:
        grade.auto_score = AUTO.get(grade.name)
        grade.needs_manual_grade = grade.name == "why" and written is None
        grade.manual_score = written if grade.name == "why" else None
    for comment in notebook.comments:
        comment.manual_comment = "Well, said." if comment.name == "why" and written else None


@pytest.fixture
def marks(course):
    """What the gradebook holds."""
    return read_marks(course.root, course.chapters[0])


def rows(course, marks, target):
    """The rows as a reader of CSV gets them."""
    return list(csv.DictReader(io.StringIO(export(course.chapters[0], marks, target), newline="")))


def test_total_has_manual_points_and_penalty(marks):
    """The total is what nbgrader counts, written points in it, minus the late penalty."""
    assert marks.marks["ada"].total == 4.0 + 1.5 + 2.0 + 0.75 - 0.5


def test_total_is_never_negative():
    """A penalty takes no more than there is."""
    assert Mark({"double": 1.0}, penalty=3.0).total == 0.0


@pytest.mark.parametrize(("target", "column"), [("canvas", "Mini"), ("moodle", "Grade"), ("csv", "score")])
def test_marks_come_back(course, marks, target, column):
    """What is written is read back, student by student, with a reader of CSV."""
    key = {"canvas": "SIS Login ID", "moodle": "Username", "csv": "student"}[target]
    read = {row[key]: row[column] for row in rows(course, marks, Target(target)) if row[key]}

    assert {name: float(value) for name, value in read.items() if value} == {
        name: mark.total for name, mark in marks.marks.items()
    }


@pytest.mark.parametrize("target", list(Target))
def test_who_handed_in_nothing_has_an_empty_mark(course, marks, target):
    """A student without a submission is in the file, with nothing that would overwrite a mark."""
    (row,) = [row for row in rows(course, marks, target) if "carl" in row.values()]

    assert not {row.get("Mini"), row.get("Grade"), row.get("score")} - {None, ""}


def test_canvas_gets_its_columns(course, marks):
    """Canvas reads the maximum from its second row, and a student's own number from `ID`."""
    possible, ada, *_ = rows(course, marks, Target.canvas)

    assert list(ada) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Mini"]
    assert (possible["Student"].strip(), possible["Mini"]) == ("Points Possible", "10")
    assert (ada["Student"], ada["ID"]) == ("Lovelace, Ada", "17")


def test_moodle_gets_what_graders_wrote(course, marks):
    """Moodle shows points by exercise, comments and the penalty as feedback."""
    ada, *_ = rows(course, marks, Target.moodle)

    assert (ada["Identifier"], ada["Grade"], ada["Maximum Grade"]) == ("Participant 17", "7.75", "10")
    assert "Why: 0.75 of 1. Well, said." in ada["Feedback comments"].splitlines()
    assert "Late: −0.5." in ada["Feedback comments"]


def test_a_spreadsheet_gets_every_exercise(course, marks):
    """The plain table has the points of each exercise and what waits for a person."""
    bea = next(row for row in rows(course, marks, Target.csv) if row["student"] == "bea")

    assert (bea["double"], bea["scale"], bea["waiting"]) == ("4", "1.5", "why")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_begins_a_formula(course, start):
    """Whatever a student calls themselves, no spreadsheet computes it."""
    student = Student(f"{start}id", f"{start}first", f"{start}last", f"{start}mail", f"{start}1")
    marks = ClassMarks({student.id: student}, {student.id: Mark({"why": 1.0}, comments={"why": "x"})}, 10.0)
    cells = [cell for target in Target for row in rows(course, marks, target) for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(start)]


def test_harmless_cells_stay_as_they_are():
    """Only the beginning of a cell is dangerous."""
    assert [defused(text) for text in ("a=b", "7.75", "", "O'Hara")] == ["a=b", "7.75", "", "O'Hara"]


def test_the_command_writes_a_file(course, monkeypatch, tmp_path):
    """`course export` writes the file, and says whose answers still wait."""
    monkeypatch.chdir(course.root)
    path = tmp_path / "marks.csv"
    result = CliRunner().invoke(app, ["export", "ch00", "--to", "canvas", "--output", str(path)])

    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 of 2 submissions have answers that wait" in result.stderr
    assert path.read_bytes().count(b"\r\n") == 5


def test_without_a_gradebook_the_command_is_a_sentence(tmp_path, monkeypatch):
    """Where nothing was built, no gradebook is made by asking for marks."""
    course_in(tmp_path)
    shutil.copy(CONFIGURATION, tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["export", "ch00"])

    assert (result.exit_code, (tmp_path / "gradebook.db").exists()) == (2, False)
    assert "There is no gradebook at" in result.stderr


def test_an_unknown_chapter_is_told(course):
    """A chapter that was never built is named with the command that helps."""
    from dataclasses import replace  # noqa: PLC0415 - this test alone needs it

    with pytest.raises(NoGradebookError, match=r"does not know ch77_new. Run: course build ch77_new"):
        read_marks(course.root, replace(course.chapters[0], name="ch77_new"))


def test_nbgraders_own_export_works(course, tmp_path):
    """`nbgrader export` reads our gradebook and finds the same totals."""
    path = tmp_path / "grades.csv"
    command = [Path(sys.executable).with_name("nbgrader"), "export", "--to", str(path)]
    done = subprocess.run(command, cwd=course.root, env=os.environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    found = {row["student_id"]: float(row["score"]) for row in csv.DictReader(path.read_text("utf-8").splitlines())}
    assert found == {"ada": 7.75, "bea": 7.5, "carl": 0.0}


def test_the_page_takes_points_and_waiting_answers_from_the_gradebook(course):
    """A written answer that was marked in formgrader waits no longer, and its points count."""
    remember(course, [verdict("ada", scale=1.5), verdict("bea", scale=1.5)])
    report = make_report(course, course.chapters[0])

    assert report.waiting == {"why": ("bea",)}
    assert report.shares == {"ada": pytest.approx(8.25 / 10), "bea": pytest.approx(7.5 / 9)}
    assert report.members.missing == ("carl",)
