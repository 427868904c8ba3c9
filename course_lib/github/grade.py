"""Grading a plan: the job that meets student code. It holds no token and no secret, and demands a sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from course_lib.catalog import Chapter, Course
from course_lib.github.plan import Plan, Target, Work
from course_lib.github.reference import reference_problem
from course_lib.github.surroundings import say
from course_lib.github.verdicts import GRADED, GRADER_FAILED, UNUSABLE, Verdict
from course_lib.grading import grade_file
from course_lib.grading.judge import Judge
from course_lib.grading.submission import load_submission


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
                verdict = grader.verdict(number, target, work)
                say(f"{target.name}, {work.chapter}: {_in_words(verdict)}")
                yield verdict


class _Grader:
    """One judge for all, and what the reference got on it."""

    def __init__(self, course: Course, folder: Path, judge: Judge):
        self._course = course
        self._folder = folder
        self._judge = judge
        self._problems: dict[str, str] = {}

    def verdict(self, number: int, target: Target, work: Work) -> Verdict:
        """Grade one chapter of one pull request."""
        if work.problem:
            return Verdict(number, work.chapter, UNUSABLE, problem=work.problem)
        chapter = self._course.chapter(work.chapter)
        problem = self._problem(chapter)
        if problem:
            return Verdict(number, work.chapter, GRADER_FAILED, problem=problem)
        path = self._folder / work.file
        answer = grade_file.grade_file(self._judge, grade_file.Request(path, work.chapter, target.student))
        if answer.report is None:
            state = UNUSABLE if answer.code == grade_file.UNUSABLE else GRADER_FAILED
            return Verdict(number, work.chapter, state, problem=answer.problem)
        return Verdict(number, work.chapter, GRADED, answer.report, cells=self._cells(path, chapter, target))

    def _problem(self, chapter: Chapter) -> str:
        if chapter.name not in self._problems:
            self._problems[chapter.name] = reference_problem(self._judge, chapter)
        return self._problems[chapter.name]

    def _cells(self, path: Path, chapter: Chapter, target: Target) -> dict[str, int]:
        """Return where the student's answers stand, counted from 1; the last cell counts where there are several."""
        cells = load_submission(path, self._course, chapter.name, target.student).cells
        return {slug: cell.position + 1 for cell in cells if cell.position >= 0 for slug in sorted(cell.exercises)}


def _in_words(verdict: Verdict) -> str:
    if verdict.report is None:
        return f"{verdict.state}: {verdict.problem}"
    return f"{verdict.report.score:g} of {verdict.report.max_score:g}"
