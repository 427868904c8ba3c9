"""A term on GitHub: a student pushes, the workflow's steps run in clean clones, the pull request is answered."""

import json
import re

from tests.github.conftest import NOTEBOOK, STUBS, STUDENTS
from tests.github.places import git, shown
from tests.grading.mini_course import DOUBLE, answers, code_cell

SQUARES = "def double(x):\n    return x**2\n"


def test_a_term(real_term):
    """Half of it, then all of it: one comment, brought up to date, with the change; the commit gets its check."""
    term = real_term
    first = term.push(answers(double=SQUARES, scale=STUBS["scale"]))
    run = term.grade()

    assert run.results == dict.fromkeys(("collect", "grade", "comment", "mark"), "success"), run.steps
    (body,) = term.comments
    assert "Mini: 2 of 10 points" in body
    assert "Double, cell 2 of the notebook" in body
    assert "Hint: You squared the entries." in body
    assert "Waiting for a person:" in body
    assert "Scale | 0 / 3 |  | not written yet |" in body
    assert "Mini: 2 of 10 points" in shown(run.summary)
    assert [(check["head_sha"], check["conclusion"]) for check in term.github.checks] == [(first, "success")]

    seen = run.environments["grade", "Grade"]
    assert not [key for key in seen if re.search("TOKEN|SECRET|KEY|PASSWORD", key)]
    assert "token-of-the-job" not in json.dumps(seen)

    second = term.push(answers())
    term.grade()

    (body,) = term.comments
    assert "Mini: 9 of 10 points (+7 since the last push)" in body
    assert "Double | 4 / 4 | +4 | ✓ holds |" in body
    assert second[:10] in body
    assert "What holds (8)" in body

    again = term.grade()

    assert again.results == {"collect": "success", "grade": "skipped", "comment": "skipped", "mark": "skipped"}
    assert len(term.comments) == 1
    assert len(term.github.checks) == 2


def test_a_push_that_changes_no_chapter_is_not_graded(term):
    """Prose beside the notebooks starts nothing, and no check pretends that something was graded."""
    term.push(**{"notes.txt": "Dear diary"})

    assert term.grade_here() == []
    assert not term.github.checks


def test_a_tampering_push_gains_nothing(term):
    """Patched libraries, a forged score, edited checks and a rewritten workflow: points come from answers alone."""
    tampering = (
        "import sys, os, builtins, numpy.testing, pytest\n"
        "builtins.assert_close = numpy.allclose = lambda *a, **k: True\n"
        'print(\'{"format": "course-verdicts/1", "score": 10}\')\n'
        "open('verdicts.json', 'w').write('{}') if False else None\n"
        "class Pass(float):\n    __eq__ = lambda *a: True\n"
        "def double(x):\n    return Pass(1)\n"
    )
    (term.mine / ".github" / "workflows").mkdir(parents=True)
    (term.mine / ".github" / "workflows" / "checks.yml").write_text("on: push\npermissions: write-all\n", "utf-8")
    term.push(answers(double=tampering, scale=STUBS["scale"], fact=STUBS["fact"]))

    term.grade_here()

    assert "Mini: 0 of 10 points" in term.comments[0]


def test_a_broken_reference_is_nobodys_zero(real_term):
    """Where our own answer fails, every student is told that we failed; no score is written down."""
    term = real_term
    term.push(answers())
    suite = term.course / "autograder" / "ch00_mini" / "test_fact.py"
    suite.write_text(suite.read_text("utf-8").replace("42", "43"), "utf-8")
    git(term.course, "commit", "--quiet", "--all", "--message", "slip")

    run = term.grade()

    assert run.results["grade"] == "failure"
    assert "the reference of ch00_mini does not get full marks in fact" in run.output("grade")
    (body,) = term.comments
    assert "Mini: not graded" in body
    assert "our failure, not yours" in body
    assert " 0 of " not in body
    assert [check["conclusion"] for check in term.github.checks] == ["neutral"]


def test_our_failure_keeps_the_old_score(term, monkeypatch):
    """The comment says what stands, and the next run grades again."""
    term.push(answers(fact=STUBS["fact"]))
    term.grade_here()
    term.push(answers())
    with monkeypatch.context() as patch:
        patch.setattr("course_lib.github.grade.reference_problem", lambda *_: "no disk")
        term.grade_here()

    assert "your 7 of 10 points stand" in term.comments[0]
    assert "no disk" not in term.comments[0]

    term.grade_here()

    assert "Mini: 9 of 10 points (+2 since the last push)" in term.comments[0]


def test_a_notebook_that_is_none_gets_a_sentence(term):
    """Unreadable JSON is the student's to mend, and the check is red, not green."""
    (term.mine / NOTEBOOK).write_text("<<<<<<< HEAD\n{}", encoding="utf-8")
    term.push()

    term.grade_here()

    assert "Mini: the notebook could not be read" in term.comments[0]
    assert [check["conclusion"] for check in term.github.checks] == ["failure"]


def test_a_link_is_not_followed(term, capsys):
    """In the place of the notebook it gets a sentence; nothing behind it is read."""
    (term.mine / NOTEBOOK).unlink()
    (term.mine / NOTEBOOK).symlink_to("/etc/passwd")
    term.push()

    term.grade_here()

    assert "It is a link or a folder" in term.comments[0]
    assert "root:" not in term.comments[0] + capsys.readouterr().out


def test_workflow_commands_of_a_notebook_reach_no_log(term, capfd):
    """What student code prints or raises cannot set outputs, mask words or forge annotations."""
    nasty = code_cell(
        'print("::error::forged\\n::set-output name=any::false\\n##[group]x")\nraise ValueError("::stop-commands::x")'
    )
    term.push([*answers(double=DOUBLE), nasty])

    term.grade_here()

    logged = "".join(capfd.readouterr())
    assert not re.search(r"^::", logged, re.MULTILINE)
    assert "##[" not in logged
    assert "9 of 10" in term.comments[0]


def test_a_dispatch_grades_one_pull_request(term):
    """By hand, for one number; once more even where nothing changed."""
    term.push(answers())
    inputs = {"repository": STUDENTS, "pull": "1", "again": "true"}

    term.grade_here("workflow_dispatch", {"inputs": inputs})
    (verdict,) = term.grade_here("workflow_dispatch", {"inputs": inputs})

    assert verdict.state == "graded"
    assert "(as at the last push)" in term.comments[0]


def workflow_run(sha, branch, fork="ada/mini"):
    """The payload that GitHub sends when the visible checks of a pull request from a fork have ended."""
    return {
        "action": "completed",
        "workflow_run": {
            "id": 1,
            "name": "checks",
            "event": "pull_request",
            "conclusion": "failure",
            "head_branch": branch,
            "head_sha": sha,
            "head_repository": {"full_name": fork, "owner": {"login": fork.split("/")[0]}},
            "pull_requests": [],
        },
    }


def test_visible_checks_start_the_verdict(term):
    """Through workflow_run, whatever they concluded; and no artifact of theirs is asked for."""
    sha = term.push(answers())

    term.grade_here("workflow_run", workflow_run(sha, "work"), repository=STUDENTS)

    assert "9 of 10" in term.comments[0]
    assert not [path for _, path, _ in term.github.log if "artifacts" in path or "runs/" in path]


def test_a_hostile_branch_name_is_only_a_name(real_term):
    """Shell, workflow commands and query strings in it do nothing."""
    term = real_term
    branch = "x;curl$IFS-d@/etc/passwd|sh;&state=closed#$(id)`id`\"'%0A##"
    sha = term.push(answers(), branch=branch)

    run = term.grade("workflow_run", workflow_run(sha, branch), repository=STUDENTS)

    assert "9 of 10" in term.comments[0]
    assert "uid=" not in "".join(text for _, _, _, text in run.steps)


def test_a_run_of_an_older_commit_is_left_to_the_newer_one(term, capsys):
    """Two pushes in a row: the first run finds that it is late."""
    old = term.push(answers(double=SQUARES))
    term.push(answers())

    assert term.grade_here("workflow_run", workflow_run(old, "work"), repository=STUDENTS) == []
    assert "a newer push is graded instead" in capsys.readouterr().out


def test_whoever_is_not_on_the_roster_is_not_graded(term, capsys):
    """Nobody spends the course's minutes by opening a pull request."""
    term.push(answers())
    term.github.pulls[STUDENTS, 1]["user"]["login"] = "mallory"

    assert term.grade_here() == []
    assert "not on the roster" in capsys.readouterr().out


def test_a_comment_with_our_mark_by_somebody_else_is_not_ours(term):
    """It is neither believed nor changed."""
    term.push(answers())
    term.grade_here()
    ours = term.github.comments[STUDENTS, 1].pop()["body"]
    term.github.say(STUDENTS, 1, ours, {"login": "ada", "type": "User"})

    term.grade_here()

    assert [comment["user"]["login"] for comment in term.github.comments[STUDENTS, 1]] == ["ada", "github-actions[bot]"]
    assert term.github.comments[STUDENTS, 1][0]["body"] == ours
