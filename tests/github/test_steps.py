"""The steps from outside: what they say and how they exit when something is wrong."""

import dataclasses
import json
import re

import pytest
from typer.testing import CliRunner

from course_lib.cli_github import app
from course_lib.github.plan import Plan, Target, Work
from course_lib.github.roster import Member, find_member, read_roster
from course_lib.github.surroundings import GitHubError
from course_lib.github.verdicts import Verdict
from tests.github.conftest import STUDENTS
from tests.github.places import shown

TARGET = Target(STUDENTS, 1, "0" * 40, "ada", (Work("ch00_mini", "b" * 40, "s" * 32, f"{'b' * 40}-ch00_mini.ipynb"),))


@pytest.fixture
def step(mini, github, tmp_path, monkeypatch):
    """Run a step of the small course with GitHub's variables; a payload may be given."""
    event = tmp_path / "event.json"
    work, verdicts = tmp_path / "work", tmp_path / "verdicts"
    for folder in (work, verdicts):
        folder.mkdir()
    monkeypatch.setenv("COURSE_PLAN", Plan((TARGET,)).write(work))
    github.pulls[STUDENTS, 1] = {"number": 1, "head": {"sha": TARGET.sha}}
    monkeypatch.chdir(mini.root)
    values = {"NAME": "schedule", "PATH": str(event)}
    for name, value in values.items():
        monkeypatch.setenv(f"GITHUB_EVENT_{name}", value)
    monkeypatch.setenv("GITHUB_REPOSITORY", "teachers/course")
    monkeypatch.setenv("GITHUB_API_URL", github.url)

    def run(*arguments, event_name="schedule", payload=None, forged=None):
        event.write_text(json.dumps(payload or {}), encoding="utf-8")
        monkeypatch.setenv("GITHUB_EVENT_NAME", event_name)
        if forged is not None:
            (verdicts / "verdicts.json").write_text(forged, encoding="utf-8")
        folders = {"work": str(work), "verdicts": str(verdicts)}
        return CliRunner().invoke(app, [folders.get(word, word) for word in arguments])

    return run


@pytest.mark.parametrize("forged", [None, '{"format": "course-verdicts/1", "verdicts": [{"target": 5}]}', "\x00"])
def test_forged_or_missing_verdicts_become_our_failure(step, github, forged):
    """The student reads that we failed, no score is shown, and the run is red for the instructor."""
    ran = step("comment", "work", "verdicts", forged=forged)

    assert ran.exit_code == 1
    (comment,) = github.comments[STUDENTS, 1]
    assert "Mini: not graded" in shown(comment["body"])
    assert "our failure, not yours" in shown(comment["body"])


@pytest.mark.parametrize("name", ["comment", "mark"])
def test_an_exchanged_plan_reaches_no_other_pull_request(step, github, tmp_path, name):
    """Student code that broke out of the sandbox may exchange both artifacts: GitHub is not even asked."""
    github.pulls[STUDENTS, 2] = {"number": 2, "head": {"sha": TARGET.sha}}
    Plan((dataclasses.replace(TARGET, pull=2, student="grace"),)).write(tmp_path / "work")

    ran = step(name, "work", "verdicts", forged='{"format": "course-verdicts/1", "verdicts": []}')

    assert ran.exit_code == 2
    assert "is not the plan that was made in this run" in ran.output
    assert github.log == []


def test_our_failure_is_an_exit_status_of_its_own(step, monkeypatch, tmp_path):
    """The run is red for the instructor, and the verdicts are written all the same."""
    failed = Verdict(0, "ch00_mini", "grader_error", problem="no disk")
    monkeypatch.setattr("course_lib.cli_grade.demand_tier", lambda _: None)
    monkeypatch.setattr("course_lib.github.grade.grade_plan", lambda *_: iter([failed]))

    ran = step("grade", "work", "verdicts")

    assert ran.exit_code == 3
    assert "no disk" in (tmp_path / "verdicts" / "verdicts.json").read_text(encoding="utf-8")


def test_a_newer_push_is_left_alone(step, github):
    """The comment of an older commit would hide the newer one's."""
    github.pulls[STUDENTS, 1]["head"]["sha"] = "1" * 40

    ran = step("comment", "work", "verdicts")

    assert "pushed to meanwhile" in ran.output
    assert STUDENTS not in str(github.comments)


def test_a_check_run_that_may_not_be_written_is_said_and_no_failure(step, github):
    """Where the token belongs to no app of the repository, the comment has to do."""
    github.failures.append(("POST", "check-runs", 403, {}))

    ran = step("mark", "work", "verdicts", forged='{"format": "course-verdicts/1", "verdicts": []}')

    assert ran.exit_code == 0
    assert "gets no check run" in ran.output


@pytest.mark.parametrize(
    ("event", "payload", "sentence"),
    [
        ("push", {}, "'push' starts no grading"),
        ("workflow_dispatch", {"inputs": {"pull": "1; rm -rf /"}}, "name no pull request"),
        ("workflow_dispatch", {"inputs": {"pull": "1", "repository": "../../user"}}, "name no pull request"),
        ("workflow_dispatch", {"inputs": {"pull": "77"}}, "has no pull request 77"),
        ("workflow_dispatch", {"inputs": {"pull": "##[error]", "repository": "\n::error::"}}, "name no pull request"),
    ],
)
def test_an_event_that_cannot_be_served_gets_a_sentence(step, event, payload, sentence):
    """Exit status 2, no traceback."""
    ran = step("collect", "work", event_name=event, payload=payload)

    assert ran.exit_code == 2
    assert sentence in ran.output
    assert not re.search(r"^\s*::|##\[", ran.output, re.MULTILINE)


def test_outside_a_workflow_the_sentence_says_what_is_missing(step, monkeypatch):
    """A person may run it too."""
    monkeypatch.delenv("GITHUB_REPOSITORY")

    ran = step("collect", "work")

    assert ran.exit_code == 2
    assert "set GITHUB_EVENT_NAME" in ran.output


def test_without_roster_there_is_nobody_to_sweep(step):
    """Pull requests of contributors to the course itself are not graded."""
    ran = step("collect", "work")

    assert ran.exit_code == 0
    assert "nobody to sweep" in ran.output


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,login\n", "must begin with the line student,login,repository"),
        ("student,login,repository\nAda,ada,mini\n", "line 2: repository is 'mini'"),
        ("student,login,repository\nAda,a da,intro/mini\n", "line 2: login is 'a da'"),
        ("student,login,repository\n../x/y,ada,intro/mini\n", "line 2: student is '../x/y'"),
    ],
)
def test_a_roster_that_cannot_be_used_names_the_line(tmp_path, text, sentence):
    """And what is in it."""
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(GitHubError, match=sentence):
        read_roster(path)


def test_logins_know_no_case():
    """As on GitHub."""
    member = Member("Ada L", "Ada", "intro/mini")

    assert find_member((member,), "ada", "Intro/mini") == member
    assert find_member((member,), "ada", "other/mini") is None
