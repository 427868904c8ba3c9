"""Grading a plan in one job, which meets student code: without token and secret, and with a sandbox. See `split`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.github.artifacts import read_artifact
from course_lib.github.plan import MAX_NOTEBOOK, Plan, Target, Work
from course_lib.github.reference import reference_problem
from course_lib.github.surroundings import say
from course_lib.github.verdicts import GRADED, GRADER_FAILED, UNUSABLE, Verdict
from course_lib.grading import grade_file
from course_lib.grading.judge import Judge
from course_lib.grading.submission import Submission, load_submission


def grade_plan(course: Course, plan: Plan, folder: Path, judge: Judge | None = None) -> Iterator[Verdict]:
    """Grade every changed chapter of a plan and yield the verdicts as they come.

    Args:
        course: the course.
        plan: what to grade.
        folder: where the plan's notebooks lie.
        judge: asks the questions; one is started where none is given.

    """
    with nullcontext(judge) if judge else Judge(course) as asked:
        grader = _Grader(course, folder, asked)
        for number, target in enumerate(plan.targets):
            for work in target.works:
                verdict = grader.safely(number, target, work)
                say(f"{target.name}, {work.chapter}: {in_words(verdict)}")
                yield verdict


class _Grader:
    """One judge for all, and what the reference got on it."""

    def __init__(self, course: Course, folder: Path, judge: Judge):
        self._course = course
        self._folder = folder
        self._judge = judge
        self._problems: dict[str, str] = {}

    def safely(self, number: int, target: Target, work: Work) -> Verdict:
        """Grade one chapter of one pull request; whatever goes wrong with it costs nobody else's verdict."""
        try:
            return self.verdict(number, target, work)
        except Exception as error:  # noqa: BLE001 - a mistake of ours that one student's file brings to light
            problem = f"the grader broke off ({type(error).__name__}: {error})"
            return Verdict(number, work.chapter, GRADER_FAILED, problem=problem)

    def verdict(self, number: int, target: Target, work: Work) -> Verdict:
        """Grade one chapter of one pull request."""
        if work.problem:
            return Verdict(number, work.chapter, UNUSABLE, problem=work.problem)
        chapter = self._course.chapter(work.chapter)
        problem = self._problem(chapter)
        if problem:
            return Verdict(number, work.chapter, GRADER_FAILED, problem=problem)
        path = self._folder / work.file
        if blob_id(read_artifact(path, MAX_NOTEBOOK)) != work.blob:
            return Verdict(number, work.chapter, GRADER_FAILED, problem="the notebook is not what was collected")
        answer = grade_file.grade_file(self._judge, grade_file.Request(path, work.chapter, target.student))
        if answer.report is None:
            state = UNUSABLE if answer.code == grade_file.UNUSABLE else GRADER_FAILED
            said = answer.problem.replace(work.file, f"{work.chapter}.ipynb")  # the name that the student knows
            return Verdict(number, work.chapter, state, problem=said)
        cells = places_of(load_submission(path, self._course, chapter.name, target.student))
        return Verdict(number, work.chapter, GRADED, answer.report, cells=cells)

    def _problem(self, chapter: Chapter) -> str:
        if chapter.name not in self._problems:
            self._problems[chapter.name] = reference_problem(self._judge, chapter)
        return self._problems[chapter.name]


def places_of(submission: Submission) -> dict[str, int]:
    """Return where a student's answers stand, counted from 1; the last cell counts where there are several."""
    cells = [cell for cell in submission.cells if cell.position >= 0]
    return {slug: cell.position + 1 for cell in cells for slug in sorted(cell.exercises)}


def blob_id(content: bytes) -> str:
    """Return the name that git gives to a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def in_words(verdict: Verdict) -> str:
    """Say in the log what came out."""
    if verdict.report is None:
        return f"{verdict.state}: {verdict.problem}"
    return f"{verdict.report.score:g} of {verdict.report.max_score:g}"
