"""Grading in three kinds of jobs: one asks, one runs student code, one judges. Only the second meets student code.

`ask` and `judge` have suites, reference and secret; `run` has the questions and the engine, and nothing to learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Self

from course_lib.catalog import CatalogError, Course
from course_lib.github.artifacts import read_artifact
from course_lib.github.grade import blob_id, in_words, places_of
from course_lib.github.plan import MAX_NOTEBOOK, Plan, Target, Work
from course_lib.github.questions import Item, Round, read_round_answers, write_answers, write_questions
from course_lib.github.surroundings import GitHubError, say
from course_lib.github.verdicts import GRADED, GRADER_FAILED, UNUSABLE, Verdict
from course_lib.grading.judge import Judge
from course_lib.grading.notebook_file import SubmissionError
from course_lib.grading.report import Report
from course_lib.grading.split.performance import perform
from course_lib.grading.split.review import References, review
from course_lib.grading.split.script import Script, identity
from course_lib.grading.split.transcript import Recorded
from course_lib.grading.submission import Submission, load_submission

NOT_YET = "its tests ask for another round, and there was none"

Place = tuple[int, Target, Work]
Heard = tuple[Round, Path]


class UnusableError(Exception):
    """Nothing in the student's file can be graded; the message says why."""


class Steps:
    """The judge of a job, and what it needs for all notebooks.

    Args:
        course: the course.
        folder: where the plan's notebooks lie.
        judge: asks.

    """

    def __init__(self, course: Course, folder: Path, judge: Judge):
        self._course = course
        self._folder = folder
        self._judge = judge
        self._references = References(judge)

    @classmethod
    @contextmanager
    def begin(cls, course: Course, folder: Path, judge: Judge | None = None) -> Iterator[Self]:
        """Start a judge where none is given, and end what was started."""
        with nullcontext(judge) if judge else Judge(course) as asked:
            steps = cls(course, folder, asked)
            try:
                yield steps
            finally:
                steps._references.close()

    def ask(self, place: Place, folder: Path) -> Item:
        """Write what a notebook is to be asked; where the reference fails in it, that it is our failure."""
        number, target, work = place
        item = Item(number, work.chapter)
        try:
            submission = self._submission(target, work)
            report, script = review(self._judge, submission, {}, self._references)
            problem = _losses(submission, report)
            return replace(item, problem=problem) if problem else self._write(folder, item, script)
        except UnusableError:
            return item  # the job that judges says so
        except Exception as error:  # noqa: BLE001 - a mistake of ours that one student's file brings to light
            return replace(item, problem=_broke_off(error))

    def judge(self, place: Place, rounds: Sequence[Heard], more: Path | None) -> tuple[Verdict, Item | None]:
        """Judge a notebook; beside the verdict comes what has to be asked first, where it is not ready."""
        number, target, work = place
        try:
            submission = self._submission(target, work)
            tier, recorded = self._recorded(number, work, rounds)
            report, script = review(self._judge, submission, recorded, self._references if more else None)
            if more and script.notebooks:
                waits = Verdict(number, work.chapter, GRADER_FAILED, problem=NOT_YET)
                return waits, self._write(more, Item(number, work.chapter), script)
        except UnusableError as error:
            return Verdict(number, work.chapter, UNUSABLE, problem=str(error)), None
        except GitHubError as error:
            return Verdict(number, work.chapter, GRADER_FAILED, problem=str(error)), None
        except Exception as error:  # noqa: BLE001 - as above
            return Verdict(number, work.chapter, GRADER_FAILED, problem=_broke_off(error)), None
        report = replace(report, sandbox=tier or report.sandbox)
        return Verdict(number, work.chapter, GRADED, report, cells=places_of(submission)), None

    def run(self, asked: Round, item: Item, answers: Path) -> bool:
        """Ask a notebook; tell whether it could be asked."""
        path = answers / item.name
        try:
            write_answers(path, item, self._judge.tier, perform(self._judge, asked.script(item)))
        except Exception as error:  # noqa: BLE001 - as above
            path.unlink(missing_ok=True)
            say(f"{item.name} could not be asked: {_broke_off(error)}")
            return False
        return True

    def _submission(self, target: Target, work: Work) -> Submission:
        if work.problem:
            raise UnusableError(work.problem)
        path = self._folder / work.file
        if blob_id(read_artifact(path, MAX_NOTEBOOK)) != work.blob:
            raise GitHubError("the notebook is not what was collected")
        try:
            return load_submission(path, self._course, work.chapter, target.student)
        except (SubmissionError, CatalogError) as error:  # the student knows the notebook by another name
            raise UnusableError(str(error).replace(work.file, f"{work.chapter}.ipynb")) from error

    @staticmethod
    def _recorded(number: int, work: Work, rounds: Sequence[Heard]) -> tuple[str, dict[bytes, Recorded]]:
        """Return the sandbox's tier, and what each notebook was asked and answered, a later round above an earlier."""
        tier, recorded = "", dict[bytes, Recorded]()
        for asked, folder in rounds:
            item = asked.find(number, work.chapter)
            if item is not None and item.problem:
                raise GitHubError(item.problem)
            if item is not None and item.sha256:
                script = asked.script(item)
                tier, answers = read_round_answers(folder / item.name, item, script)
                for notebook, said in zip(script.notebooks, answers, strict=True):
                    recorded.setdefault(identity(notebook.cells), Recorded()).learn(notebook, said)
        return tier, recorded

    @staticmethod
    def _write(folder: Path, item: Item, script: Script) -> Item:
        return write_questions(folder, item, script) if script.notebooks else item


def ask_plan(plan: Plan, steps: Steps, questions: Path) -> tuple[str, bool]:
    """Write what a plan's notebooks are to be asked; return the digest of the list, and whether there is anything.

    Args:
        plan: what to grade.
        steps: asks the reference.
        questions: folder of the round; made here.

    """
    questions.mkdir(parents=True)
    items = [steps.ask(place, questions) for place in places(plan)]
    for item in items:
        if item.problem:
            say(f"{plan.targets[item.target].name}, {item.chapter}: {item.problem}")
    return Round.write(questions, items), any(item.sha256 for item in items)


def run_round(asked: Round, steps: Steps, answers: Path) -> int:
    """Ask every notebook of a round; return how many could not be asked, through no fault of theirs."""
    answers.mkdir(parents=True, exist_ok=True)
    return sum(not steps.run(asked, item, answers) for item in asked.items if item.sha256)


def judge_plan(
    plan: Plan, steps: Steps, rounds: Sequence[Heard], more: Path | None = None
) -> Iterator[tuple[Verdict, Item | None]]:
    """Judge a plan on the answers of its notebooks.

    Args:
        plan: what to grade.
        steps: the judge.
        rounds: what was asked, and the folder with the answers, round by round.
        more: folder for what has to be asked in another round; None where this is the last one.

    Yields:
        Each verdict; beside it what its notebook has to be asked first, where the verdict is not ready.

    """
    for place in places(plan):
        verdict, item = steps.judge(place, rounds, more)
        say(f"{place[1].name}, {verdict.chapter}: {in_words(verdict) if item is None else 'another round'}")
        yield verdict, item


def places(plan: Plan) -> Iterator[Place]:
    """Yield every notebook of a plan: the pull request's place, the pull request, and the chapter."""
    for number, target in enumerate(plan.targets):
        for work in target.works:
            yield number, target, work


def _losses(submission: Submission, report: Report) -> str:
    """Return why nobody can be judged on these inputs; empty where the reference gets full marks on them."""
    exercises = {item.slug for item in submission.chapter.exercises if item.graded_by_suite} & submission.attempted
    lost = [item.exercise for item in report.exercises if item.exercise in exercises and item.points != item.max_points]
    return f"the reference of {submission.chapter.name} does not get full marks in {', '.join(lost)}" if lost else ""


def _broke_off(error: Exception) -> str:
    return f"the grader broke off ({type(error).__name__}: {error})"
