import json
import re
import sys

import pytest
import typer
from typer.testing import CliRunner

from course_lib import cli_student

RIGHT = "def square(x):\n    return x * x\n"
WRONG = "def square(x):\n    return 2 * x\n"
SLOPE = "def slope(x):\n    if x == 'three':\n        raise ValueError('x')\n    return 2.0 * x\n"
TOTAL = {"total": "total = sum"}


@pytest.fixture
def course(course_root, monkeypatch):
    """Run a student's command in the course's folder: `course("check", "ch01")`."""
    monkeypatch.chdir(course_root)
    app = typer.Typer()
    for name in ("status", "check", "lab"):
        app.command(name)(getattr(cli_student, name))
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_check_of_a_right_notebook(course, saved):
    """Where everything holds the panels say so and the exit status is 0."""
    saved({"square": RIGHT, "slope": SLOPE})

    result = course("check", "ch01")

    assert "✓ The square: both checks hold" in result.stdout
    assert "Curves & slopes: 2 of 3 exercises hold" in result.stdout
    assert result.exit_code == 0


def test_check_of_a_wrong_notebook(course, saved):
    """Where something does not hold the panel says why and the exit status is 1."""
    saved({"square": WRONG, "slope": SLOPE})

    result = course("check", "ch01")

    assert "✗ The square: 0 of 2 checks hold" in result.stdout
    assert "Hint: A square is a number times itself" in result.stdout
    assert result.exit_code == 1


def test_check_as_json(course, saved):
    """One document per chapter, one a line, in the words of the report."""
    saved({"square": WRONG})
    saved(TOTAL, chapter="ch02_sums")

    result = course("check", "--json")

    first, second = map(json.loads, result.stdout.splitlines())
    assert first["format"] == "course-check/1"
    assert [(row["exercise"], row["state"]) for row in first["exercises"]] == [
        ("square", "fails"),
        ("slope", "undefined"),
        ("unchecked", "unchecked"),
        ("why", "written"),
    ]
    assert {"name", "title", "outcome", "message", "hint"} <= set(first["exercises"][0]["tests"][0])
    assert second["exercises"][0]["state"] == "holds"
    assert result.exit_code == 1


def test_check_in_a_chapters_folder(course, saved, course_root, monkeypatch):
    """Without a name the chapter of the current folder is checked."""
    saved({"square": RIGHT})
    saved(TOTAL, chapter="ch02_sums")
    monkeypatch.chdir(course_root / "assignments" / "ch02_sums")

    result = course("check")

    assert "The total" in result.stdout
    assert "The square" not in result.stdout


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ch07", "has no chapter 'ch07'"),
        ("ch0", "fits ch01_curves, ch02_sums"),
        ("ch02", "ch02_sums.ipynb does not exist"),
    ],
)
def test_check_of_something_unusable(course, name, sentence):
    """An unusable input is a sentence and the exit status 2."""
    result = course("check", name)

    assert sentence in result.stderr
    assert result.exit_code == 2


def test_check_of_no_notebook(course, saved):
    """A file that is no notebook is a sentence and the exit status 2."""
    saved({}).write_text("not json", "utf-8")

    result = course("check")

    assert "is not a notebook" in result.stderr
    assert result.exit_code == 2


def test_check_outside_a_course(course, tmp_path_factory, monkeypatch):
    """A folder that is no course is a sentence and the exit status 2."""
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path_factory.mktemp("empty")))

    for command in ("check", "status", "lab"):
        result = course(command)
        assert "course.toml" in result.stderr
        assert result.exit_code == 2


def test_check_without_any_notebook(course):
    """A course without notebooks says where they belong."""
    result = course("check")

    assert "there is no notebook in" in result.stderr
    assert result.exit_code == 2


def test_status(course, saved):
    """The table shows what held, says what changed since, and names what is next."""
    saved({"square": RIGHT, "slope": "def slope(x):\n    raise NotImplementedError()"})
    course("check")

    said = course("status").stdout

    assert re.search(r"The square +2 +✓ both checks hold", said)
    assert re.search(r"Its slope +1\.5 +○ not written yet", said)
    assert re.search(r"Why it is steep +3 +○ written: read by a person", said)
    assert re.search(r"ch02_sums: Sums +1 +no notebook yet", said)
    assert "Next: ch01_curves/slope" in said
    assert "changed" not in said


def test_status_after_a_change(course, saved):
    """Scores of a notebook that changed are marked, with the command that brings them up to date."""
    saved({"square": RIGHT})
    course("check")
    saved({"square": WRONG})

    said = course("status").stdout

    assert "changed since it was checked" in said
    assert "Bring this up to date: course check ch01_curves" in said


def test_status_of_an_empty_course(course):
    """Without a notebook nothing is praised."""
    said = course("status").stdout

    assert "There are no notebooks here yet." in said
    assert "well done" not in said


def test_status_as_json(course, saved):
    """For machines the same is JSON."""
    saved({"square": RIGHT})
    course("check")

    data = json.loads(course("status", "--json").stdout)

    assert data["format"] == "course-status/1"
    assert data["next"] == "ch01_curves/slope"
    assert [chapter["state"] for chapter in data["chapters"]] == ["checked", "absent"]
    assert data["chapters"][0]["exercises"][0] == {
        "exercise": "square",
        "title": "The square",
        "worth": 2.0,
        "state": "holds",
        "passed": 2,
        "total": 2,
    }


def test_markup_in_a_students_text_is_text(course, saved):
    """What student code says is not read as markup, and steers no terminal."""
    saved({"square": "def square(x):\n    raise ValueError('[red]\\x1b[2Jloud[/red]')"})

    assert "`ValueError`: [red]loud[/red]" in course("check").stdout


def test_lab(course, course_root, monkeypatch):
    """JupyterLab is opened on the notebooks by this very Python, with the arguments given."""
    called = []
    monkeypatch.setattr(cli_student, "_open_lab", lambda folder, arguments: called.append((folder, arguments)) or 7)

    result = course("lab", "--", "--port", "9000")

    assert called == [(course_root / "assignments", ["--port", "9000"])]
    assert result.exit_code == 7


def test_lab_runs_jupyter(monkeypatch, tmp_path):
    """The command is `python -m jupyter lab FOLDER …`, and an interrupt is left to Jupyter."""
    commands = []

    class Process:
        def __init__(self, command):
            commands.append(command)
            self.interrupts = [KeyboardInterrupt]

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def wait(self):
            if self.interrupts:
                raise self.interrupts.pop()
            return 0

    monkeypatch.setattr(cli_student.subprocess, "Popen", Process)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)

    assert cli_student._open_lab(tmp_path, ["--no-browser"]) == 0
    assert commands == [[sys.executable, "-m", "jupyter", "lab", str(tmp_path), "--no-browser"]]


def test_lab_without_notebooks(course, course_root):
    """Without notebooks there is nothing to open, and the sentence says how they are made."""
    (course_root / "assignments").rename(course_root / "elsewhere")

    result = course("lab")

    assert "assignments does not exist" in result.stderr
    assert result.exit_code == 2
