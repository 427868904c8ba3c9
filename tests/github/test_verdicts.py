"""Verdicts between jobs: what a broken-out grader could forge is refused before anything is said to GitHub."""

import copy
import json

import pytest

from course_lib.github.plan import Earlier, Plan, Target, Work
from course_lib.github.sticky import recall, remember
from course_lib.github.surroundings import GitHubError
from course_lib.github.verdicts import Verdict, read_verdicts, verdicts_of, write_verdicts
from course_lib.grading.report import ExerciseResult, Report, TestResult

TESTS = (TestResult("test_values", "Every entry is doubled.", "failed", "No.", "Twice.", "squares", 0.1),)
EXERCISES = (
    ExerciseResult("double", "graded", 2.0, 4.0, TESTS),
    ExerciseResult("scale", "not_attempted", 0.0, 3.0),
    ExerciseResult("fact", "graded", 2.0, 2.0),
    ExerciseResult("why", "needs_review", None, 1.0),
)
REPORT = Report("ch00_mini", "ada", "T2", EXERCISES, ("A note.",))
WORK = Work("ch00_mini", "b" * 40, "s" * 32, "x.ipynb")
TARGET = Target("intro/mini", 1, "0" * 40, "ada", (WORK,))
PLAN = Plan((TARGET,))
VERDICT = Verdict(0, "ch00_mini", "graded", REPORT, cells={"double": 2})


@pytest.fixture
def honest(tmp_path):
    """The data of an honest file."""
    write_verdicts(tmp_path / "verdicts.json", [VERDICT])
    return json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))


def read(tmp_path, data, course):
    """Write data as a job would have, and read it as the next one does."""
    path = tmp_path / "forged.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_verdicts(path, PLAN, course)


def test_what_is_written_is_read(tmp_path, honest, mini):
    """The same verdicts, value by value."""
    assert read(tmp_path, honest, mini) == [VERDICT]


def test_plans_are_read_as_written(tmp_path):
    """With what the comment said before."""
    plan = Plan((Target("intro/mini", 1, "0" * 40, "ada", (WORK,), {"ch00_mini": Earlier("b", "s", 1.0, 2.0, {})}),))
    plan.write(tmp_path)

    assert Plan.read(tmp_path) == plan


FORGED = [
    (("format",), "course-verdicts/2"),
    (("extra",), 1),
    (("verdicts", 0, "target"), 1),
    (("verdicts", 0, "target"), True),
    (("verdicts", 0, "chapter"), "ch01_other"),
    (("verdicts", 0, "state"), "perfect"),
    (("verdicts", 0, "state"), "unusable"),
    (("verdicts", 0, "extra"), 1),
    (("verdicts", 0, "problem"), ["list"]),
    (("verdicts", 0, "cells", "double"), "2"),
    (("verdicts", 0, "cells", "other"), 2),
    (("verdicts", 0, "report"), None),
    (("verdicts", 0, "report", "format"), "x"),
    (("verdicts", 0, "report", "submission"), "mallory"),
    (("verdicts", 0, "report", "assignment"), "ch01_other"),
    (("verdicts", 0, "report", "sandbox"), {}),
    (("verdicts", 0, "report", "notes"), ["x"] * 1000),
    (("verdicts", 0, "report", "notes", 0), 5),
    (("verdicts", 0, "report", "exercises"), []),
    (("verdicts", 0, "report", "exercises", 0, "exercise"), "other"),
    (("verdicts", 0, "report", "exercises", 0, "state"), "passed"),
    (("verdicts", 0, "report", "exercises", 0, "points"), 40.0),
    (("verdicts", 0, "report", "exercises", 0, "points"), -1.0),
    (("verdicts", 0, "report", "exercises", 0, "points"), "4"),
    (("verdicts", 0, "report", "exercises", 0, "points"), None),
    (("verdicts", 0, "report", "exercises", 0, "max_points"), 400.0),
    (("verdicts", 0, "report", "exercises", 1, "points"), 3.0),
    (("verdicts", 0, "report", "exercises", 3, "points"), 1.0),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "outcome"), "won"),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "title"), None),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "hint"), 3),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "surprise"), 3),
]


@pytest.mark.parametrize(("place", "value"), FORGED, ids=lambda value: str(value)[:60])
def test_a_forged_value_is_refused(tmp_path, honest, mini, place, value):
    """Each value has to be what plan and manifest allow; nothing of such a file is used."""
    data = copy.deepcopy(honest)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value

    with pytest.raises(GitHubError, match="nothing of it is used"):
        read(tmp_path, data, mini)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": NaN}'])
def test_a_file_of_another_form_is_refused(tmp_path, mini, text):
    """Whatever it holds, the answer is a sentence."""
    with pytest.raises(GitHubError, match="nothing of it is used"):
        read(tmp_path, text, mini)


def test_two_verdicts_on_one_chapter_are_refused(tmp_path, honest, mini):
    """Which one would count?"""
    honest["verdicts"] *= 2

    with pytest.raises(GitHubError, match="two verdicts"):
        read(tmp_path, honest, mini)


def test_not_a_number_is_refused(tmp_path, honest, mini):
    """Python reads NaN from JSON, and it compares as false to everything."""
    honest["verdicts"][0]["report"]["exercises"][0]["points"] = float("nan")

    with pytest.raises(GitHubError):
        read(tmp_path, honest, mini)


def test_long_texts_are_cut(tmp_path, honest, mini):
    """A comment is no place for a novel."""
    honest["verdicts"][0]["report"]["exercises"][0]["tests"][0]["message"] = "x" * 100_000

    (verdict,) = read(tmp_path, honest, mini)

    assert len(verdict.report.exercises[0].tests[0].message) == 2000


def test_a_missing_verdict_is_our_failure():
    """The job ended early: nobody gets a zero for that."""
    ((_, verdict),) = verdicts_of([], 0, TARGET)

    assert verdict.state == "grader_error"


def test_a_memory_is_recalled(mini):
    """What the comment remembers comes back as it was."""
    memory = {"ch00_mini": Earlier("b" * 40, "s" * 32, 2.0, 10.0, {"double": 2.0, "why": None})}

    assert recall(f"x {remember(memory)} y", mini) == memory


@pytest.mark.parametrize(
    "memory",
    [
        {"ch99": Earlier("b", "s", 2.0, 10.0, {})},
        {"ch00_mini": Earlier("b", "s", float("inf"), 10.0, {})},
        {"ch00_mini": Earlier("b", "s", "<b>", 10.0, {})},
        {"ch00_mini": Earlier("b" * 1000, "s", 1.0, 10.0, {})},
        {"ch00_mini": Earlier("b", "s", 1.0, 10.0, {"other": 1.0})},
        {"ch00_mini": Earlier("b", "s", 1.0, 10.0, [])},
    ],
)
def test_a_forged_memory_is_forgotten(mini, memory):
    """Whoever can edit the comment can make it forget, and no more."""
    assert recall(remember(memory), mini) == {}


@pytest.mark.parametrize("text", ["<!-- course-memory:x -->", "<!-- course-memory:eJwDAAAAAAE= -->", ""])
def test_a_broken_memory_is_forgotten(mini, text):
    """Also where it is no data at all."""
    assert recall(text, mini) == {}
