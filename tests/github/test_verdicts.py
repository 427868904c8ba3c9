"""Verdicts between jobs: what a broken-out grader could forge is refused before anything is said to GitHub."""

import base64
import copy
import dataclasses
import json
import os
import zlib

import pytest

from course_lib.github.artifacts import read_artifact
from course_lib.github.plan import Earlier, Plan, Target, Work
from course_lib.github.sticky import recall, remember
from course_lib.github.surroundings import GitHubError
from course_lib.github.verdicts import MAX_BYTES, Verdict, read_verdicts, verdicts_of, write_verdicts
from course_lib.grading.report import ExerciseResult, Report, TestResult

TESTS = (TestResult("test_values", "Every entry is doubled.", "failed", "No.", "Twice.", "squares", 0.1),)
EXERCISES = (
    ExerciseResult("double", "graded", 2.0, 4.0, TESTS),
    ExerciseResult("scale", "not_attempted", 0.0, 3.0),
    ExerciseResult("fact", "graded", 2.0, 2.0),
    ExerciseResult("why", "needs_review", None, 1.0),
)
REPORT = Report("ch00_mini", "ada", "T2", EXERCISES, ("A note.",))
WORK = Work("ch00_mini", "b" * 40, "s" * 32, f"{'b' * 40}-ch00_mini.ipynb")
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


HONEST_TEST = dataclasses.asdict(TESTS[0])
FORGED = [
    (("format",), "course-verdicts/2"),
    (("extra",), 1),
    (("verdicts", 0, "target"), 1),
    (("verdicts", 0, "target"), -1),
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
    (("verdicts", 0, "report", "exercises", 0, "points"), True),
    (("verdicts", 0, "report", "exercises", 0, "points"), 4.0000001),
    (("verdicts", 0, "report", "exercises", 0, "max_points"), "4"),
    (("verdicts", 0, "report", "exercises", 0, "tests"), [HONEST_TEST] * 1000),
    (("verdicts", 0, "report", "exercises", 0, "tests"), "abc"),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "seconds"), "0"),
    (("verdicts", 0, "report", "exercises", 0, "tests", 0, "misconception"), ["x"]),
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


def test_a_file_too_large_to_be_honest_is_refused(tmp_path, honest, mini):
    """However much of it is white space."""
    with pytest.raises(GitHubError, match=f"larger than {MAX_BYTES // 2**20} MiB"):
        read(tmp_path, json.dumps(honest) + " " * MAX_BYTES, mini)


MAKERS = {
    "link": lambda path, honest: path.symlink_to(honest),
    "pipe": lambda path, _: os.mkfifo(path),
    "folder": lambda path, _: path.mkdir(),
    "nothing": lambda *_: None,
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_only_a_regular_file_is_read(tmp_path, mini, make):
    """No link is followed out of the artifact, and nobody waits for a pipe."""
    write_verdicts(tmp_path / "honest.json", [VERDICT])
    make(tmp_path / "verdicts.json", tmp_path / "honest.json")

    with pytest.raises(GitHubError, match="nothing of it is used"):
        read_verdicts(tmp_path / "verdicts.json", PLAN, mini)


def test_a_pipe_says_that_it_is_none(tmp_path):
    """And is not taken for an empty file."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ValueError, match="no regular file"):
        read_artifact(tmp_path / "pipe", 10)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_plan_is_a_regular_file(tmp_path, make):
    """As for verdicts."""
    PLAN.write(tmp_path)
    (tmp_path / "plan.json").rename(tmp_path / "honest.json")
    make(tmp_path / "plan.json", tmp_path / "honest.json")

    with pytest.raises(GitHubError, match="is no plan"):
        Plan.read(tmp_path)


# --- plans ------------------------------------------------------------------------------------------------------------


def test_another_plan_than_the_one_of_this_run_is_refused(tmp_path):
    """Whoever exchanges the artifact cannot exchange the digest: no comment goes to another pull request."""
    digest = PLAN.write(tmp_path)
    Plan((dataclasses.replace(TARGET, pull=2),)).write(tmp_path)

    with pytest.raises(GitHubError, match="is not the plan that was made in this run"):
        Plan.read(tmp_path, digest)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("targets",), 5),
        (("targets", 0), "x"),
        (("targets", 0, "repository"), "intro/../../user"),
        (("targets", 0, "sha"), "HEAD"),
        (("targets", 0, "pull"), "1/../2"),
        (("targets", 0, "works", 0, "file"), "../../../etc/passwd"),
        (("targets", 0, "works", 0, "file"), "/etc/passwd"),
        (("targets", 0, "works", 0, "file"), ""),
        (("targets", 0, "works", 0, "surprise"), 1),
        (("targets", 0, "works"), None),
        (("targets", 0, "earlier"), [1]),
        (("format",), "course-plan/2"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_damaged_plan_is_refused(tmp_path, place, value):
    """With a sentence, and before any path in it is opened or any address is asked for."""
    PLAN.write(tmp_path)
    data = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(GitHubError, match=r"plan\.json (is no plan|has format)"):
        Plan.read(tmp_path)


def test_a_plan_without_end_is_refused(tmp_path):
    """Nested deeper than Python reads."""
    (tmp_path / "plan.json").write_text("[" * 100_000, encoding="utf-8")

    with pytest.raises(GitHubError, match="is no plan"):
        Plan.read(tmp_path)


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


# --- what the comment remembers ---------------------------------------------------------------------------------------


def test_a_memory_that_unpacks_to_megabytes_is_forgotten(mini):
    """A few thousand letters can hold a bomb."""
    memory = json.dumps({"ch00_mini": dataclasses.asdict(Earlier("b", "s", 2.0, 10.0, {}))})
    bomb = base64.b64encode(zlib.compress(b" " * 10**7 + memory.encode(), 9)).decode()

    assert recall(f"<!-- course-memory:{bomb} -->", mini) == {}


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
