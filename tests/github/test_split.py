"""Three kinds of jobs: what the job with student code hands on is believed only as far as a worker is."""

import os
import shutil
import subprocess

import pytest

from course_lib.github.grade import grade_plan
from course_lib.github.questions import Round, read_round_answers
from course_lib.github.split import Steps, ask_plan, judge_plan, run_round
from course_lib.github.surroundings import GitHubError
from course_lib.github.verdicts import Verdict, read_verdicts, write_verdicts
from course_lib.grading.sandbox import tiers
from course_lib.grading.split.frames import read_frames, write_frames
from tests.github.conftest import STUBS, STUDENTS
from tests.github.places import ROOT
from tests.grading.mini_course import answers, write_notebook

SQUARES = "def double(x):\n    return x**2\n"


class Jobs:
    """The jobs of a plan with two pull requests, in one process; what lies between them may be exchanged."""

    def __init__(self, term, cells=None):
        self.judge = term.judge
        term.push(cells or answers(double=SQUARES, scale=STUBS["scale"]))
        term.github.push(term.fork, "work", STUDENTS, 2)
        self.plan = term.collect_here()
        self.work = term.last
        self.questions, self.answers = self.work / "questions" / "1", self.work / "answers" / "1"

    def steps(self):
        """What a job works with."""
        return Steps.begin(self.judge.course, self.work, self.judge)

    def ask(self):
        """The first job; returns the digest."""
        with self.steps() as steps:
            digest, _ = ask_plan(self.plan, steps, self.questions)
        return digest

    def run(self):
        """The job with student code."""
        with self.steps() as steps:
            assert run_round(Round.read(self.questions), steps, self.answers) == 0

    def verdicts(self, more=None):
        """The job that judges."""
        with self.steps() as steps:
            rounds = [(Round.read(self.questions), self.answers)]
            return list(judge_plan(self.plan, steps, rounds, more))

    @property
    def files(self):
        """The files of answers, in the order of the plan."""
        return [self.answers / item.name for item in Round.read(self.questions).items]


@pytest.fixture
def jobs(term):
    """The jobs after student code ran."""
    made = Jobs(term)
    made.ask()
    made.run()
    return made


def test_the_verdicts_are_those_of_one_job(jobs):
    """Points, hints and the places of the answers."""
    (first, _), (second, _) = jobs.verdicts()
    (alone, _) = grade_plan(jobs.judge.course, jobs.plan, jobs.work, jobs.judge)

    assert (first.state, first.report.score) == ("graded", 2.0)
    assert first.report.exercise("double").tests[0].misconception == "squares"
    assert first.report.sandbox == jobs.judge.tier
    assert first.cells == second.cells == alone.cells == {"double": 2, "scale": 4, "fact": 6}
    assert first.report.score == second.report.score == alone.report.score


def drop(path):
    """No answers."""
    path.unlink()


def cut(path):
    """Half of them."""
    path.write_bytes(path.read_bytes()[:-20])


def extend(path):
    """One more."""
    messages = list(read_frames(path.read_bytes()))
    write_frames(path, [*messages, {"value": 1.0}])


def forget_one(path):
    """One less, as whole frames."""
    messages = list(read_frames(path.read_bytes()))
    write_frames(path, messages[:-1])


def answer_others(path):
    """Answers to other questions."""
    head, *messages = read_frames(path.read_bytes())
    write_frames(path, [head | {"questions": "0" * 64}, *messages])


def claim(path):
    """A verdict in the place of answers."""
    head, _, *messages = read_frames(path.read_bytes())
    write_frames(path, [head, {"failures": [], "passed": True}, *messages])


def promise(path):
    """A sandbox that there is not."""
    head, *messages = read_frames(path.read_bytes())
    write_frames(path, [head | {"tier": "T9, full marks"}, *messages])


def link(path):
    """A link to another file."""
    path.unlink()
    path.symlink_to("/etc/passwd")


@pytest.mark.parametrize("spoil", [drop, cut, extend, forget_one, answer_others, claim, promise, link])
def test_spoilt_answers_are_our_failure_and_nobody_elses(jobs, spoil):
    """Nothing of the file is used; the sentence says so, and the other pull request has its verdict."""
    spoil(jobs.files[0])

    (first, _), (second, _) = jobs.verdicts()

    assert (first.state, first.report) == ("grader_error", None)
    assert "the answers of your notebook" in first.problem
    assert second.state == "graded"


def test_exchanged_answers_are_worth_what_they_say(jobs):
    """Full marks for all that is claimed to be computed rightly is what a worker could claim as well; no more."""
    head, failures, *said = read_frames(jobs.files[0].read_bytes())
    write_frames(jobs.files[0], [head, failures, *({"value": True} for _ in said)])

    (first, _), _ = jobs.verdicts()

    assert first.report.score == 0.0


def test_questions_that_were_exchanged_are_refused(jobs):
    """The list by its digest, and each file by the list."""
    digest = Round.write(jobs.questions, Round.read(jobs.questions).items)
    item = Round.read(jobs.questions, digest).items[0]
    (jobs.questions / item.name).write_bytes(b"other")

    with pytest.raises(GitHubError, match="is not what was asked in this run"):
        Round.read(jobs.questions, digest).script(item)
    (jobs.questions / "questions.json").write_text("{}", encoding="utf-8")
    with pytest.raises(GitHubError, match="is not what was asked in this run"):
        Round.read(jobs.questions, digest)
    with pytest.raises(GitHubError, match="lists no questions"):
        Round.read(jobs.questions)


def test_verdicts_that_were_exchanged_are_refused(jobs, tmp_path):
    """A job with student code runs after the first judge; what it puts in their place has another digest."""
    path = tmp_path / "verdicts.json"
    digest = write_verdicts(path, [verdict for verdict, _ in jobs.verdicts()])

    assert len(read_verdicts(path, jobs.plan, jobs.judge.course, digest)) == 2
    write_verdicts(path, [Verdict(0, "ch00_mini", "grader_error", problem="forged")])
    with pytest.raises(GitHubError, match="is not the file of verdicts that was written in this run"):
        read_verdicts(path, jobs.plan, jobs.judge.course, digest)


def test_a_reference_that_fails_is_nobodys_zero(term):
    """The job that asks finds it, and nobody's code is run for nothing."""
    suite = term.course / "autograder" / "ch00_mini" / "test_fact.py"
    text = suite.read_text("utf-8")
    jobs = Jobs(term)
    suite.write_text(text.replace("42", "43"), "utf-8")
    try:
        jobs.ask()
    finally:
        suite.write_text(text, "utf-8")
    jobs.run()

    (first, _), (second, _) = jobs.verdicts()

    assert list(jobs.answers.iterdir()) == []
    assert first.state == second.state == "grader_error"
    assert first.problem == "the reference of ch00_mini does not get full marks in fact"


def test_a_notebook_that_was_exchanged_is_neither_asked_nor_judged(term):
    """What lies in the artifact has to be the blob that the pull request shows."""
    jobs = Jobs(term)
    (file,) = {jobs.work / work.file for target in jobs.plan.targets for work in target.works}
    write_notebook(file, answers())
    jobs.ask()
    jobs.run()

    (first, _), _ = jobs.verdicts()

    assert list(jobs.answers.iterdir()) == []
    assert "the notebook is not what was collected" in first.problem


@pytest.mark.skipif("T2" not in {tier.name for tier in tiers.available()}, reason="no sandbox of tier T2 here")
def test_the_job_with_student_code_needs_neither_suites_nor_reference(jobs, tmp_path):
    """In a folder with the manifest alone; the answers are those that the judge reads."""
    digest = Round.write(jobs.questions, Round.read(jobs.questions).items)
    shutil.copy(jobs.judge.course.root / "course.toml", tmp_path / "course.toml")
    command = [ROOT / ".venv/bin/python", "-m", "course_lib.cli_github", "run", jobs.questions, tmp_path / "said"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "COURSE_QUESTIONS": digest}

    subprocess.run([*command, "--require-tier", "T2"], cwd=tmp_path, env=environment, check=True)

    asked = Round.read(jobs.questions)
    for item in asked.items:
        _, said = read_round_answers(tmp_path / "said" / item.name, item, asked.script(item))
        _, here = read_round_answers(jobs.answers / item.name, item, asked.script(item))
        assert len(said[0].tests) == len(here[0].tests) > 4


def test_a_verdict_that_waits_is_not_ready(term):
    """It says so for the case that no other round comes, and what is left to ask is written down."""
    jobs = Jobs(term, answers(double="def double(x):\n    return 3.0 * x\n"))
    jobs.ask()
    jobs.run()
    more = jobs.work / "questions" / "2"
    more.mkdir()

    verdict, item = jobs.verdicts(more)[0]

    assert (verdict.state, verdict.problem) == ("grader_error", "its tests ask for another round, and there was none")
    assert (more / item.name).exists()
