"""`nbgrader autograde` with our steps: its gradebook holds what `course grade` says, whatever was handed in."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.grading.grade_file import Answer, Request, grade_file
from course_lib.nbgrader import asking
from course_lib.nbgrader.gradebook import ClassFolder
from tests.grading.mini_course import CHAPTER, answers, code_cell
from tests.nbgrader.conftest import Classroom, Graded

SQUARES = "def double(x):\n    return x**2\n"
STUB = 'def double(x):\n    """Return twice the array."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
FULL = {"double__check": 4.0, "scale__check": 3.0, "fact__check": 2.0, "why": 0.0}


def points_of_course_grade(classroom: Classroom, student: str) -> dict[str, float]:
    """Return what `course grade` gives for a submission, by cell of the gradebook."""
    answer = grade_file(asking.judge_of(classroom.root), Request(classroom.path(student)))
    assert answer.report is not None
    assert answer.report.submission == student
    ends = {item.slug: "" if item.kind == "written" else "__check" for item in classroom.course.exercises}
    return {f"{item.exercise}{ends[item.exercise]}": item.points or 0.0 for item in answer.report.exercises}


def test_right_answers_are_full_marks(graded: Graded) -> None:
    """All points are stored, and the written answer waits for a person."""
    marks = graded(answers())

    assert (marks.points, marks.score, marks.max_score, marks.waiting) == (FULL, 9.0, 10.0, ("why",))


@pytest.mark.parametrize(
    "cells",
    [
        answers(double=SQUARES),
        answers(double=STUB),
        answers(scale="def scale(x, times):\n    return x * 4.0\n"),
        answers(double="def double(x):\n    while True:\n        pass\n"),
        answers(double="def double(x):\n    import os\n    os._exit(1)\n"),
        answers(double="def double(x:\n"),
        answers(double="import warnings\ndef double(x):\n    warnings.warn('so far so good')\n    return 2 * x\n"),
        answers(fact="fact = 1 / 0\n"),
    ],
    ids=["mistake", "untouched", "partly", "endless", "crash", "syntax", "warning", "at_import"],
)
def test_gradebook_holds_what_course_grade_gives(graded: Graded, classroom: Classroom, cells, request) -> None:
    """Both doors give the same points, to the last digit, for every exercise."""
    student = request.node.name

    marks = graded(cells, student)

    assert marks.points == points_of_course_grade(classroom, student)


def test_a_third_of_the_points_is_stored_as_reported(graded: Graded, classroom: Classroom) -> None:
    """Points that no short number writes are equal, not nearly equal."""
    marks = graded(answers(scale="def scale(x, times):\n    return x * {0: 1.0, 1: 2.0, 2: 4.0}.get(times, 0)\n"), "third")

    assert 0 < marks.points["scale__check"] < 3
    assert marks.points == points_of_course_grade(classroom, "third")


def test_untouched_notebook_is_worth_nothing_and_waits_for_nobody(graded: Graded, classroom: Classroom) -> None:
    """The release itself gets 0, and no person is asked to read an answer that is not there."""
    release = json.loads(classroom.course.chapters[0].release.read_text("utf-8"))

    marks = graded(release["cells"])

    assert (marks.score, marks.waiting) == (0.0, ())


def damaged(kind: str) -> list[dict]:
    """Return the cells of right answers, damaged in one way."""
    cells = copy.deepcopy(answers())
    if kind == "stripped":
        for cell in cells:
            cell["metadata"] = {}
    elif kind == "duplicated":
        cells.insert(2, copy.deepcopy(cells[1]))
    elif kind == "checks deleted":
        cells = [cell for cell in cells if not str(cell["source"]).startswith("check")]
    elif kind == "check edited":
        cells[2]["source"] = "print('all done')"
    elif kind == "points changed":
        cells[2]["metadata"]["nbgrader"] |= {"points": 1000, "grade": True, "solution": False, "locked": False}
    elif kind == "old schema":
        cells[1]["metadata"]["nbgrader"] |= {"schema_version": 1, "solution": True, "grade": False}
    elif kind == "future schema":
        cells[1]["metadata"]["nbgrader"] |= {"schema_version": 99}
    elif kind == "reversed":
        cells.reverse()
    elif kind == "other kind of cell":
        cells[2]["cell_type"] = "markdown"
    elif kind == "ids that no cell may have":
        cells[1]["id"] = "ü" * 200
    elif kind == "metadata of another type":
        cells[1]["metadata"] = ["grade_id", 3]
    elif kind == "lone surrogate":
        cells.append(code_cell("note = '\ud800'"))
    elif kind == "lost attachment":
        cells[6]["source"] += "\n\n![sketch](attachment:sketch.png)"
    elif kind == "windows":
        for cell in cells:
            cell["source"] = cell["source"].replace("\n", "\r\n")
    elif kind == "magics":
        cells[1]["source"] = "%matplotlib inline\n" + cells[1]["source"]
    elif kind == "outputs":
        cells[1]["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "x" * 1_000_000}]
    return cells


DAMAGES = (
    "stripped",
    "duplicated",
    "checks deleted",
    "check edited",
    "points changed",
    "old schema",
    "future schema",
    "reversed",
    "other kind of cell",
    "ids that no cell may have",
    "metadata of another type",
    "lone surrogate",
    "lost attachment",
    "windows",
    "magics",
    "outputs",
)


@pytest.mark.parametrize("kind", DAMAGES)
def test_honest_work_in_a_damaged_notebook_keeps_its_points(graded: Graded, classroom: Classroom, kind: str) -> None:
    """nbgrader gets through, and stores full marks; feedback can be made of it."""
    student = kind.replace(" ", "_")

    marks = graded(damaged(kind), student)

    assert {name: marks.points[name] for name in FULL if name != "why"} == {k: v for k, v in FULL.items() if k != "why"}
    assert student in classroom.feedback(student)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "does not hold JSON"),
        ("empty", "is empty"),
        ("number", "lacks `nbformat`"),
        ("old", "has format 3"),
        ("link", "cannot be opened as a regular file"),
        ("pipe", "is not a regular file"),
        ("folder", "is not a regular file"),
        ("other", "holds nothing of ch00_mini"),
    ],
)
def test_unusable_file_is_a_sentence_for_the_instructor(classroom: Classroom, kind: str, words: str) -> None:
    """The sentence names the student, the file, the reason and what happens to the score; nothing is graded."""
    student = f"unusable_{kind}"
    path = classroom.path(student)
    make = {
        "text": lambda: path.write_text("Dear teacher,"),
        "empty": lambda: path.write_text(""),
        "number": lambda: path.write_text("7"),
        "old": lambda: path.write_text(json.dumps({"nbformat": 3, "worksheets": []})),
        "link": lambda: path.symlink_to("/etc/hostname"),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "other": lambda: path.write_text(json.dumps({"nbformat": 4, "cells": []})),
    }
    make[kind]()

    problem = classroom.autograde(student)

    assert problem.startswith(f"{student}: ")
    assert words in problem
    assert problem.endswith("Its score in the gradebook stays as it was.")
    assert not classroom.autograded(student).exists()


def test_failure_of_ours_keeps_the_old_score(classroom: Classroom, graded: Graded, monkeypatch) -> None:
    """The sentence says that it is not the student's mistake, and the gradebook keeps what it had."""
    before = graded(answers(), "unlucky")
    monkeypatch.setattr(asking, "grade_file", lambda *_: Answer(3, problem="The grader failed on it: no space left."))

    problem = classroom.autograde("unlucky")

    assert "no space left. This is not the student's mistake." in problem
    assert classroom.marks("unlucky") == before


def test_another_version_in_the_gradebook_is_a_sentence(classroom: Classroom, monkeypatch) -> None:
    """Points that were changed in the manifest after the release are not graded against the old ones."""
    manifest = classroom.root / "course.toml"
    text = manifest.read_text("utf-8")
    classroom.hand_in("early", answers())
    try:
        manifest.write_text(text.replace("points = 3", "points = 30"), "utf-8")
        problem = classroom.autograde("early")
    finally:
        manifest.write_text(text, "utf-8")

    assert "the gradebook holds another version of ch00_mini (scale__check differ)" in problem
    assert "course build ch00_mini" in problem


def test_manual_marks_survive_regrading(classroom: Classroom, graded: Graded) -> None:
    """A person's points for a written answer stay when the notebook is graded again."""
    from nbgrader.api import Gradebook

    graded(answers(), "marked")
    with Gradebook(classroom.folder.db_url) as gradebook:
        grade = gradebook.find_grade("why", CHAPTER, CHAPTER, "marked")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()

    marks = graded(answers(), "marked")

    assert (marks.points["why"], marks.score) == (0.5, 9.5)


def test_rebuilt_notebook_has_the_cells_of_the_release(classroom: Classroom, graded: Graded) -> None:
    """Ids, metadata and order are those of the release; the cell that the student added has no mark of nbgrader."""
    release = json.loads(classroom.course.chapters[0].release.read_text("utf-8"))["cells"]
    cells = [*answers(), code_cell("helper = 1")]
    cells.insert(1, code_cell("import math"))

    graded(cells, "adds")
    result = json.loads(classroom.autograded("adds").read_text("utf-8"))["cells"]

    ours = [cell for cell in result if "nbgrader" in cell["metadata"]]
    assert [cell["metadata"]["nbgrader"] for cell in ours] == [cell["metadata"]["nbgrader"] for cell in release]
    assert ["".join(cell["source"]) for cell in result if cell not in ours] == ["import math", "helper = 1"]


def test_class_goes_on_past_a_bad_notebook(tmp_path: Path, classroom: Classroom) -> None:
    """nbgrader's own command grades everybody else, prints one sentence about the bad one, and exits with 1."""
    students = {"cli_before": answers(), "cli_later": answers(double=SQUARES)}
    for student, cells in students.items():
        classroom.hand_in(student, cells)
    classroom.path("cli_bad").write_text("no notebook")
    command = [str(Path(sys.executable).with_name("nbgrader")), "autograde", CHAPTER, "--CourseDirectory.student_id=cli_*"]
    log = tmp_path / "log"

    with log.open("wb") as stream:
        done = subprocess.run(command, cwd=classroom.root, stderr=stream, check=False, timeout=300)

    text = log.read_text("utf-8")
    assert done.returncode == 1
    assert "cli_bad: ch00_mini.ipynb is not a notebook: it does not hold JSON." in text
    assert "Traceback" not in text
    assert {student: classroom.marks(student).score for student in students} == {"cli_before": 9.0, "cli_later": 5.0}


def test_late_penalty_is_nbgraders_own(classroom: Classroom, tmp_path: Path) -> None:
    """Handing in late is still noticed, and the penalty is kept beside the score."""
    from nbgrader.api import Gradebook

    lines = [f"load_subconfig('nbgrader_config.py', path={str(classroom.root)!r})", "c = get_config()"]
    lines.append("c.LateSubmissionPlugin.penalty_method = 'zero'")
    (tmp_path / "nbgrader_config.py").write_text("\n".join(lines), "utf-8")
    classroom.hand_in("late", answers())
    (classroom.path("late").parent / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC", "utf-8")
    with Gradebook(classroom.folder.db_url) as gradebook:
        gradebook.update_or_create_assignment(CHAPTER, duedate="2030-01-01 00:00:00 UTC")

    assert ClassFolder(tmp_path).autograde(CHAPTER, "late") == ""

    with Gradebook(classroom.folder.db_url) as gradebook:
        submission = gradebook.find_submission(CHAPTER, "late")
        assert (submission.score, submission.late_submission_penalty) == (9.0, 9.0)
