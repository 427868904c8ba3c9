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
from course_lib.grading.report import ExerciseResult, Report
from course_lib.nbgrader import asking
from course_lib.nbgrader.gradebook import ClassFolder
from tests.grading.mini_course import CHAPTER, answers, code_cell
from tests.nbgrader.conftest import DAMAGES, Classroom, Graded

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
        answers(double="import time\n\n\ndef double(x):\n    while True:\n        time.sleep(9)\n"),
        answers(double="def double(x):\n    import os\n    os._exit(1)\n"),
        answers(double="def double(x:\n"),
        answers(double="import warnings\ndef double(x):\n    warnings.warn('so far so good')\n    return 2 * x\n"),
        answers(fact="fact = 1 / 0\n"),
    ],
    ids=["mistake", "untouched", "partly", "endless", "crash", "syntax", "warning", "at_import"],
)
def test_gradebook_holds_what_course_grade_gives(graded: Graded, classroom: Classroom, cells, request) -> None:
    """Both doors give the same points, to the last digit, for every exercise."""
    student = request.node.callspec.id

    marks = graded(cells, student)

    assert marks.points == points_of_course_grade(classroom, student)


def test_a_third_of_the_points_is_stored_as_reported(graded: Graded, classroom: Classroom) -> None:
    """Points that no short number writes are equal, not nearly equal."""
    marks = graded(
        answers(scale="def scale(x, times):\n    return x * {0: 1.0, 1: 2.0, 2: 4.0}.get(times, 0)\n"), "third"
    )

    assert 0 < marks.points["scale__check"] < 3
    assert marks.points == points_of_course_grade(classroom, "third")


def test_untouched_notebook_is_worth_nothing_and_waits_for_nobody(graded: Graded, classroom: Classroom) -> None:
    """The release itself gets 0, and no person is asked to read an answer that is not there."""
    release = json.loads(classroom.course.chapters[0].release.read_text("utf-8"))

    marks = graded(release["cells"])

    assert (marks.score, marks.waiting) == (0.0, ())


@pytest.mark.parametrize("kind", DAMAGES)
def test_honest_work_in_a_damaged_notebook_keeps_its_points(graded: Graded, kind: str) -> None:
    """No such notebook stops nbgrader, and it stores full marks."""
    student = kind.replace(" ", "_")

    cells = copy.deepcopy(answers())
    DAMAGES[kind](cells)

    marks = graded(cells, student)

    assert marks.points | {"why": 0.0} == FULL


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


def test_links_beside_the_notebook_are_not_followed(classroom: Classroom, graded: Graded, tmp_path: Path) -> None:
    """Nobody gets a file of somebody else back by handing in a link to it; honest files beside the notebook stay."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the answers")
    folder = classroom.path("linked").parent
    (folder / "mine.txt").write_text("my notes")
    (folder / "stolen.txt").symlink_to(secret)

    graded(answers(), "linked")

    handed_on = {path.name for path in classroom.autograded("linked").parent.iterdir()}
    assert handed_on == {f"{CHAPTER}.ipynb", "checks.py", "mine.txt"}


def test_failure_of_ours_keeps_the_old_score(classroom: Classroom, graded: Graded, monkeypatch) -> None:
    """The sentence says that it is not the student's mistake, and the gradebook keeps what it had."""
    before = graded(answers(), "unlucky")
    monkeypatch.setattr(asking, "grade_file", lambda *_: Answer(3, problem="The grader failed on it: no space left."))

    problem = classroom.autograde("unlucky")

    assert "no space left. This is not the student's mistake." in problem
    assert classroom.marks("unlucky") == before


def test_exercise_that_we_could_not_judge_is_not_stored_as_zero(classroom: Classroom, monkeypatch) -> None:
    """A report with a failure of ours in one exercise is no verdict; the sentence says what failed and why."""
    broken = ExerciseResult("scale", "grader_error", None, 3.0)
    report = Report(CHAPTER, "half", "T2", (broken,), ("The grader failed in `scale`: its floor is stale",))
    monkeypatch.setattr(asking, "grade_file", lambda *_: Answer(3, report))
    classroom.hand_in("half", answers())

    problem = classroom.autograde("half")

    assert problem.startswith(
        "half: The grader failed in `scale`: its floor is stale. This is not the student's mistake."
    )
    assert "scale__check" in classroom.marks("half").waiting


def test_another_version_in_the_gradebook_is_a_sentence(classroom: Classroom) -> None:
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
    graded(answers(), "marked")
    with classroom.gradebook() as gradebook:
        grade = gradebook.find_grade("why", CHAPTER, CHAPTER, "marked")
        grade.manual_score, grade.needs_manual_grade = 0.5, False

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
    marks = [cell["metadata"]["nbgrader"] | {"cell_type": cell["cell_type"]} for cell in ours]
    assert marks == [cell["metadata"]["nbgrader"] for cell in release]
    assert ["".join(cell["source"]) for cell in result if cell not in ours] == ["import math", "helper = 1"]


def test_class_goes_on_past_a_bad_notebook(tmp_path: Path, classroom: Classroom) -> None:
    """The command of nbgrader grades everybody else, prints one sentence about the bad one, and exits with 1."""
    students = {"cli_before": answers(), "cli_later": answers(double=SQUARES)}
    for student, cells in students.items():
        classroom.hand_in(student, cells)
    classroom.path("cli_bad").write_text("no notebook")
    command = [
        str(Path(sys.executable).with_name("nbgrader")),
        "autograde",
        CHAPTER,
        "--CourseDirectory.student_id=cli_*",
    ]
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
    lines = [f"load_subconfig('nbgrader_config.py', path={str(classroom.root)!r})", "c = get_config()"]
    lines.append("c.LateSubmissionPlugin.penalty_method = 'zero'")
    (tmp_path / "nbgrader_config.py").write_text("\n".join(lines), "utf-8")
    classroom.hand_in("late", answers())
    (classroom.path("late").parent / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC", "utf-8")
    with classroom.gradebook() as gradebook:
        gradebook.update_or_create_assignment(CHAPTER, duedate="2030-01-01 00:00:00 UTC")

    assert ClassFolder(tmp_path).autograde(CHAPTER, "late") == ""

    with classroom.gradebook() as gradebook:
        submission = gradebook.find_submission(CHAPTER, "late")
        assert (submission.score, submission.late_submission_penalty) == (9.0, 9.0)
