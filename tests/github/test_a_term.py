"""A term on GitHub: a student pushes, the workflow's steps run in clean clones, the pull request is answered."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from course_lib.github import grade
from tests.github.conftest import NOTEBOOK, STUBS, STUDENTS
from tests.github.places import git, shown
from tests.grading.mini_course import answers, code_cell, write_notebook

SQUARES = "def double(x):\n    return x**2\n"


# What a student can put into a branch's name and a title: shell, workflow commands, queries, HTML, direction marks.
BRANCH = "--x;curl$IFS-d@/etc/passwd|sh;&state=closed#$(id)`id`\"'%0A##\u202e<b>"
TITLE = "$(id) `id`\n::set-output name=any::false\n::error::x ##[group] \u202e<img src=x> **10 of 10 points** @everyone"


JOBS = ("collect", "ask", "run", "judge", "run-2", "judge-2", "run-3", "judge-3", "comment", "mark")
TWO_ROUNDS = dict.fromkeys(JOBS, "success") | dict.fromkeys(("run-3", "judge-3"), "skipped")
ONE_ROUND = TWO_ROUNDS | dict.fromkeys(("run-2", "judge-2"), "skipped")


def test_a_term(term):
    """Half of it, then all of it: one comment, brought up to date, with the change; the commit gets its check."""
    first = term.push(answers(double=SQUARES, scale=STUBS["scale"]), BRANCH, TITLE)
    run = term.grade("workflow_run", workflow_run(first, BRANCH, TITLE), repository=STUDENTS, forked=False)

    assert run.results == ONE_ROUND, run.steps
    (body,) = term.comments
    assert "Mini: 2 of 10 points" in body
    assert "Double, cell 2\n" in body
    assert "Hint: You squared the entries." in body
    assert "Waiting for a person:" in body
    assert "Scale | 0 / 3 |  | not written yet |" in body
    assert "Mini: 2 of 10 points" in shown(run.summary)
    assert [(check["head_sha"], check["conclusion"]) for check in term.github.checks] == [(first, "success")]
    said = "".join(text for _, _, _, text in run.steps) + body
    assert not re.search("uid=|::|##|everyone|10 of 10|curl|\u202e", said)

    assert {path.name for path in (run.folder / "run").iterdir()} == {
        *(".venv", "answers", "constraints.txt", "course.toml", "questions")
    }
    seen = run.environments["run", "Run"]
    assert not [key for key in seen if re.search("TOKEN|SECRET|KEY|PASSWORD", key)]
    assert "token-of-the-job" not in json.dumps(seen)

    second = term.push(answers(), BRANCH)
    term.grade_here()

    (body,) = term.comments
    assert "Mini: 9 of 10 points (+7 since the last push)" in body
    assert "Double | 4 / 4 | +4 | ✓ 4 of 4 hold |" in body
    assert second[:10] in body
    assert "What holds (8)" in body

    again = term.grade()

    assert again.results == dict.fromkeys(ONE_ROUND, "skipped") | {"collect": "success"}
    assert len(term.comments) == 1
    assert len(term.github.checks) == 2


def test_a_mistake_that_is_paid_for_once_takes_a_second_round(term):
    """What builds on a wrong answer is judged on our reference of it; the secret is where no student code is."""
    term.push(answers(double="def double(x):\n    return 3.0 * x\n"))

    run = term.grade(secret="of the teachers")  # noqa: S106 - bait

    assert run.results == TWO_ROUNDS, run.steps
    assert "Scale | 3 / 3 |" in term.comments[0]
    assert "scale was graded on our double" in term.comments[0]
    knowing = {job for (job, _), seen in run.environments.items() if "of the teachers" in json.dumps(seen)}
    assert knowing == {"ask", "judge", "judge-2"}


@pytest.mark.parametrize("step", ["Ask", "Run", "Judge"])
def test_grading_that_breaks_off_is_our_failure(term, step):
    """A job dies before there is a verdict: the student hears that we failed, and the run is red."""
    term.push(answers())

    run = term.grade(broken={step: "kill -9 $$"})

    assert run.results[step.lower()] == "failure"
    assert "Mini: not graded" in term.comments[0]
    assert "our failure, not yours" in term.comments[0]
    assert [check["conclusion"] for check in term.github.checks] == ["neutral"]


def test_a_second_round_that_breaks_off_costs_nobody_points(term):
    """The first round's verdicts stand, and who waited for the second reads that we failed."""
    term.push(answers(double="def double(x):\n    return 3.0 * x\n"))

    run = term.grade(broken={"Judge, round 2": "kill -9 $$"})

    assert run.results["judge-2"] == "failure"
    assert "Mini: not graded" in term.comments[0]
    assert " 0 of " not in term.comments[0]


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


def test_a_broken_reference_is_nobodys_zero(term, capsys):
    """Where our own answer fails, every student is told that we failed; no score is written down."""
    term.push(answers())
    suite = term.course / "autograder" / "ch00_mini" / "test_fact.py"
    text = suite.read_text("utf-8")
    suite.write_text(text.replace("42", "43"), "utf-8")
    try:
        term.grade_here()
    finally:
        suite.write_text(text, "utf-8")

    assert "the reference of ch00_mini does not get full marks in fact" in capsys.readouterr().out
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
    assert "\nch00_mini.ipynb is not a notebook" in term.comments[0]
    assert [check["conclusion"] for check in term.github.checks] == ["failure"]


def test_a_link_is_not_followed(term, capsys):
    """In the place of the notebook it gets a sentence; nothing behind it is read."""
    (term.mine / NOTEBOOK).unlink()
    (term.mine / NOTEBOOK).symlink_to("/etc/passwd")
    term.push()

    term.grade_here()

    assert "It is a link or a folder" in term.comments[0]
    assert "root:" not in term.comments[0] + capsys.readouterr().out


SHOUT = "\n::error::forged\n::set-output name=any::x\n##[group]x\n# 10 of 10\n<img src=x> \u202e@everyone | 4 / 4 |\n"


def test_what_a_notebook_says_does_nothing(term, capfd):
    """Prints, exceptions, names of cells and saved outputs become neither workflow commands nor Markdown."""
    output = {"output_type": "stream", "name": "stdout", "text": SHOUT}
    nasty = code_cell(f"print({SHOUT!r})\nraise ValueError({SHOUT!r})", SHOUT, id=SHOUT)
    wrong = f"def double(x):\n    raise ValueError({SHOUT!r})\n"
    term.push([nasty | {"outputs": [output]}, *answers(double=wrong), nasty])

    term.grade_here()

    logged = "".join(capfd.readouterr())
    assert not re.search(r"^\s*::|##\[|\u202e", logged, re.MULTILINE)
    (comment,) = term.github.comments[STUDENTS, 1]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment["body"])
    assert "forged" in html
    assert not re.search(r"<img|<h1|\u202e|@everyone", html)
    assert html.count("<tr>") == 1 + 4
    assert "Mini: 5 of 10 points" in term.comments[0]


HOSTILE_NAMES = [
    "--option",
    "-rf",
    "$(id)`id`;id|id&id",
    "..%2f..%2fpulls",
    "x&state=closed&head=mallory:x#",
    "\u202etxt.exe\u2066\u200b",
    "\n::error::x\r\n##[group]",
    "n" * 255,
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_branch_name_is_only_a_name(term, capsys, name):
    """Whatever GitHub says the branch is called, it finds its pull request and no other one."""
    sha = term.push(answers())
    pull = term.github.pulls[STUDENTS, 1]
    pull["head"]["ref"] = name
    term.github.pulls[STUDENTS, 2] = pull | {"number": 2, "head": pull["head"] | {"ref": "other"}}

    plan = term.collect_here("workflow_run", workflow_run(sha, name), STUDENTS)

    assert [target.pull for target in plan.targets] == [1]
    assert not re.search(r"^\s*::|##\[|\u202e", capsys.readouterr().out, re.MULTILINE)


def test_hostile_file_names_are_looked_at_by_nobody(term, capsys):
    """Beside the notebook and in its folder; only paths that the manifest names are asked for."""
    names = [name.replace("/", "_") for name in HOSTILE_NAMES]
    folder = (term.mine / NOTEBOOK).parent
    for name in names:
        (term.mine / name).write_text("x", encoding="utf-8")
        (folder / f"{name[:240]}.ipynb").write_text("x", encoding="utf-8")
    term.push(answers())

    plan = term.collect_here("schedule", {}, STUDENTS)

    ((work,),) = [target.works for target in plan.targets]
    assert (work.chapter, work.blob) == ("ch00_mini", git(term.mine, "rev-parse", f"HEAD:{NOTEBOOK}"))
    assert len([path for _, path, _ in term.github.log if "/git/blobs/" in path]) == 1
    assert not re.search(r"^\s*::|##\[|\u202e", capsys.readouterr().out, re.MULTILINE)


def test_a_deleted_fork_starts_nothing(term, capsys):
    """GitHub then names no repository, and for a deleted account no author."""
    sha = term.push(answers())
    payload = workflow_run(sha, "work")
    payload["workflow_run"]["head_repository"] = None

    assert term.grade_here("workflow_run", payload, repository=STUDENTS) == []
    term.github.pulls[STUDENTS, 1]["user"] = None
    assert term.grade_here() == []
    assert "by no person's account" in capsys.readouterr().out


def test_one_file_that_breaks_the_grader_costs_nobody_else(term, monkeypatch):
    """A mistake of ours that one notebook brings to light is our failure there, and the others are graded."""
    term.push(answers())
    term.github.push(term.fork, "work", STUDENTS, 2)
    honest, calls = grade.grade_file.grade_file, iter([RecursionError("deep")])

    def grade_file(*arguments):
        for error in calls:
            raise error
        return honest(*arguments)

    monkeypatch.setattr(grade.grade_file, "grade_file", grade_file)

    first, second = term.grade_here()

    assert (first.state, first.problem) == ("grader_error", "the grader broke off (RecursionError: deep)")
    assert second.report.score == 9.0


def test_a_notebook_that_was_exchanged_is_not_graded(term):
    """What lies in the artifact has to be the blob that the pull request shows."""
    term.push(answers(double=STUBS["double"]))
    plan = term.collect_here("schedule", {}, STUDENTS)
    (file,) = term.last.glob("*.ipynb")
    write_notebook(file, answers())

    (verdict,) = grade.grade_plan(term.judge.course, plan, term.last, term.judge)

    assert (verdict.state, verdict.problem) == ("grader_error", "the notebook is not what was collected")


def test_a_dispatch_grades_one_pull_request(term):
    """By hand, for one number; once more even where nothing changed."""
    term.push(answers())
    inputs = {"repository": STUDENTS, "pull": "1", "again": "true"}

    term.grade_here("workflow_dispatch", {"inputs": inputs})
    (verdict,) = term.grade_here("workflow_dispatch", {"inputs": inputs})

    assert verdict.state == "graded"
    assert "(as at the last push)" in term.comments[0]


def workflow_run(sha, branch, title="My work", fork="ada/mini"):
    """The payload that GitHub sends when the visible checks of a pull request from a fork have ended."""
    return {
        "action": "completed",
        "workflow_run": {
            "id": 1,
            "name": "checks",
            "event": "pull_request",
            "conclusion": "failure",
            "display_title": title,
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
