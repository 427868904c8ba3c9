"""`course grade` from outside: exit status, what is printed where, and its options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from course_lib.catalog import Course
from course_lib.cli import app
from course_lib.grading.sandbox import tiers
from course_lib.teaching import device
from tests.grading.mini_course import CHAPTER, answers, write_notebook

STRONG = {"T3", "T2"}


@pytest.fixture
def grade(course: Course, monkeypatch: pytest.MonkeyPatch):
    """A function that runs the command on the small course."""
    monkeypatch.setenv("COURSE_ROOT", str(course.root))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["grade", *map(str, arguments)])

    return run


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook with everything right."""
    return write_notebook(tmp_path / "ada" / CHAPTER / f"{CHAPTER}.ipynb", answers())


def test_report_for_people(grade, notebook: Path) -> None:
    """The table names student, exercises, points and the sandbox."""
    done = grade(notebook)

    assert done.exit_code == 0
    for part in ("ada", "double", "4 / 4", "9 / 10", "waits for a person", "sandbox T"):
        assert part in done.stdout


def test_one_line_of_json_per_notebook(grade, notebook: Path, tmp_path: Path) -> None:
    """Reports come in the order of the arguments, also when several are graded at the same time."""
    second = write_notebook(tmp_path / "bo" / CHAPTER / f"{CHAPTER}.ipynb", answers(double="x = 1"))

    done = grade("--json", "--jobs", 2, "--no-cache", second, notebook)

    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["submission"] for report in reports] == ["bo", "ada"]
    assert [report["score"] for report in reports] == [5.0, 9.0]  # without `double`, `scale` is judged on ours


def test_one_exercise(grade, notebook: Path) -> None:
    """`--exercise` judges that one alone; an unknown one is refused with the nearest name."""
    done = grade("--json", "--exercise", "scale", notebook)
    assert [item["exercise"] for item in json.loads(done.stdout)["exercises"]] == ["scale"]

    unknown = grade("--exercise", "scales", notebook)
    assert unknown.exit_code == 2
    assert "scale" in unknown.stderr


def test_unusable_file(grade, notebook: Path, tmp_path: Path) -> None:
    """A sentence goes to the error stream, the others are graded, and the exit status is 2."""
    broken = tmp_path / "broken.ipynb"
    broken.write_text("not a notebook")

    done = grade("--json", broken, notebook)

    assert done.exit_code == 2
    assert "broken.ipynb" in done.stderr
    assert json.loads(done.stdout)["submission"] == "ada"


def test_tier_that_the_machine_does_not_offer(grade, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks of record are not given in a weaker sandbox than was asked for."""
    real, weakest = tiers.probe(), tiers.probe("T0")
    monkeypatch.setattr(tiers, "probe", lambda: weakest)

    done = grade("--require-tier", "T2", notebook)

    assert done.exit_code == 3
    assert "T2" in done.stderr
    assert "score" not in done.stdout
    if real.name in STRONG:
        monkeypatch.setattr(tiers, "probe", lambda: real)
        assert grade("--require-tier", "T2", notebook).exit_code == 0


def test_unknown_tier(grade, notebook: Path) -> None:
    """A tier that does not exist is a sentence too."""
    done = grade("--require-tier", "T9", notebook)

    assert done.exit_code == 3
    assert "T9" in done.stderr


def test_device_that_is_not_here(grade, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the device there is no verdict, and the sentence says how to get one."""
    monkeypatch.setattr(device, "is_here", ("cpu",).__contains__)

    done = grade("--device", "cuda", notebook)

    assert done.exit_code == 2
    assert "There is no cuda device here. Leave --device away" in done.stderr


def test_other_devices_are_not_for_marks(grade, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their drivers do not work under lockdown: the report says T0, and a demand for more is refused."""
    monkeypatch.setattr(device, "is_here", ("cpu", "cuda").__contains__)

    refused = grade("--device", "cuda", "--require-tier", "T2", notebook)
    done = grade("--device", "cuda", "--json", notebook)

    assert refused.exit_code == 3
    assert "--require-tier cannot be kept on cuda" in refused.stderr
    assert json.loads(done.stdout)["sandbox"] == "T0"
