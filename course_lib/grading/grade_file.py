"""Grading one file: from a path to a report, or to a sentence that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.catalog import CatalogError
from course_lib.grading.cache import ReportCache
from course_lib.grading.errors import GraderError
from course_lib.grading.judge import Judge
from course_lib.grading.notebook_file import SubmissionError
from course_lib.grading.report import Report
from course_lib.grading.reuse import grade_what_changed
from course_lib.grading.submission import Submission, load_submission

VERDICT, UNUSABLE, GRADER_FAILED = 0, 2, 3


@dataclass(frozen=True)
class Request:
    """What to grade and how.

    Attributes:
        path: the notebook.
        assignment: its chapter, where it is known.
        name: the student, where it is known.
        slugs: the exercises, or None for all.
        hints: whether failing answers are compared with known mistakes.
        cache: whether a kept verdict may be used.

    """

    path: Path
    assignment: str | None = None
    name: str | None = None
    slugs: tuple[str, ...] | None = None
    hints: bool = True
    cache: bool = True


@dataclass(frozen=True)
class Answer:
    """A report, or a sentence; `code` is the exit status that belongs to it, `key` stands for all it depends on."""

    code: int
    report: Report | None = None
    problem: str = ""
    key: str = ""


def grade_file(judge: Judge, request: Request) -> Answer:
    """Grade one file. Never raises for what is in the file."""
    try:
        key, report = _report(judge, request)
    except (SubmissionError, CatalogError) as error:
        return Answer(UNUSABLE, problem=str(error))
    except GraderError as error:
        return Answer(GRADER_FAILED, problem=f"The grader failed on {request.path.name}: {error}")
    failed = any(result.state == "grader_error" for result in report.exercises)
    return Answer(GRADER_FAILED if failed else VERDICT, report, key=key)


def _report(judge: Judge, request: Request) -> tuple[str, Report]:
    submission = load_submission(request.path, judge.course, request.assignment, request.name)
    slugs: Sequence[str] | None = request.slugs
    for slug in slugs or ():
        submission.chapter.exercise(slug)  # an unknown one is refused with the nearest name
    cache = ReportCache(judge.course.root)
    key = cache.key(submission, f"{judge.tier} {judge.device}", slugs, hints=request.hints)
    report = cache.find(key) if request.cache else None
    if report is None:
        report = _fresh(judge, submission, cache, request)
        cache.keep(key, report)
    return key, report


def _fresh(judge: Judge, submission: Submission, cache: ReportCache, request: Request) -> Report:
    """Grade what has to be graded; exercises that were chosen by name are judged for themselves."""
    if request.slugs is not None:
        return judge.grade(submission, request.slugs, hints=request.hints)
    return grade_what_changed(judge, submission, cache, hints=request.hints, use=request.cache)
