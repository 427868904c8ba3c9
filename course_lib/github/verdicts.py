"""The verdicts of a run, as a file between jobs. Whoever reads it believes nothing that the plan does not allow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from course_lib.catalog import Chapter, Course
from course_lib.github.artifacts import read_json, write_json
from course_lib.github.plan import Plan, Target, Work
from course_lib.github.surroundings import GitHubError
from course_lib.grading.report import OUTCOMES, STATES, ExerciseResult, Report, TestResult

FORMAT = "course-verdicts/1"
FILE = "verdicts.json"
MAX_BYTES = 16 * 2**20
MAX_TEXT = 2000
MAX_TESTS = 200
MAX_NOTES = 200
GRADED, UNUSABLE, GRADER_FAILED = "graded", "unusable", "grader_error"


@dataclass(frozen=True)
class Verdict:
    """What came out for one changed chapter of one pull request.

    Attributes:
        target: the pull request's place in the plan.
        chapter: its name.
        state: `graded`, `unusable` (nothing in the file could be graded), or `grader_error` (our fault).
        report: where it was graded.
        problem: a sentence where it was not.
        cells: by exercise, the cell that answers it, counted from 1.

    """

    target: int
    chapter: str
    state: str
    report: Report | None = None
    problem: str = ""
    cells: Mapping[str, int] = field(default_factory=dict)


def write_verdicts(path: Path, verdicts: list[Verdict]) -> str:
    """Write the verdicts of a run; return their digest."""
    items = [asdict(replace(v, report=None)) | {"report": v.report and v.report.to_dict()} for v in verdicts]
    return write_json(path, {"format": FORMAT, "verdicts": items})


def read_verdicts(path: Path, plan: Plan, course: Course, digest: str | None = None) -> list[Verdict]:
    """Read verdicts and check every value in them against plan and manifest.

    Args:
        path: the file.
        plan: what was to be graded.
        course: the course.
        digest: what `write_verdicts` returned; None where it is not known.

    Raises:
        GitHubError: the file is not what the job before can have written honestly; nothing of it is used.

    """
    try:
        data = read_json(path, MAX_BYTES, digest, "the file of verdicts that was written")
        _demand(data.keys() == {"format", "verdicts"} and data["format"] == FORMAT, "format")
        verdicts = [_verdict(item, plan, course) for item in data["verdicts"]]
        places = [(verdict.target, verdict.chapter) for verdict in verdicts]
        _demand(len(set(places)) == len(places), "a chapter has two verdicts")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise GitHubError(f"{path} holds no verdicts of this plan ({error}); nothing of it is used.") from error
    return verdicts


def verdicts_of(verdicts: list[Verdict], number: int, target: Target) -> list[tuple[Work, Verdict]]:
    """Return the verdicts on one pull request, in the plan's order; what is missing counts as our failure."""
    found = {verdict.chapter: verdict for verdict in verdicts if verdict.target == number}
    lost = "the job that grades ended before this chapter"
    return [
        (work, found.get(work.chapter) or Verdict(number, work.chapter, GRADER_FAILED, problem=lost))
        for work in target.works
    ]


def _verdict(item: dict[str, Any], plan: Plan, course: Course) -> Verdict:
    _demand(type(item["target"]) is int and 0 <= item["target"] < len(plan.targets), "target")
    target = plan.targets[item["target"]]
    _demand(item["chapter"] in {work.chapter for work in target.works}, "chapter")
    chapter = course.chapter(item["chapter"])
    _demand(item["state"] in (GRADED, UNUSABLE, GRADER_FAILED), "state")
    _demand((item["report"] is not None) == (item["state"] == GRADED), "report")
    for slug, cell in item["cells"].items():
        _demand(slug in chapter.slugs and type(cell) is int and 0 < cell <= 10_000, "cells")  # noqa: PLR2004 - a notebook
    report = None if item["report"] is None else _report(item["report"], chapter, target.student)
    return Verdict(**(item | {"report": report, "problem": _text(item["problem"])}))


def _report(data: dict[str, Any], chapter: Chapter, student: str) -> Report:
    report = Report.from_dict(data)
    _demand((report.assignment, report.submission) == (chapter.name, student), "whose report it is")
    _demand(tuple(result.exercise for result in report.exercises) == chapter.slugs, "exercises")
    _demand(len(report.notes) <= MAX_NOTES, "notes")
    exercises = tuple(_exercise(result, chapter.exercise(result.exercise).points) for result in report.exercises)
    notes = tuple(_text(note) for note in report.notes)
    return replace(report, sandbox=_text(report.sandbox), exercises=exercises, notes=notes)


def _exercise(result: ExerciseResult, worth: float) -> ExerciseResult:
    points = result.points
    _demand(result.state in STATES, "state of an exercise")
    _demand(result.max_points == worth, "points of an exercise")
    _demand((points is None) == (result.state in ("needs_review", "grader_error")), "points and state")
    if points is not None:
        _demand(type(points) in (int, float) and math.isfinite(points) and 0 <= points <= worth, "points")
        _demand(points == 0 or result.state == "graded", "points and state")
    _demand(len(result.tests) <= MAX_TESTS, "number of tests")
    return replace(result, tests=tuple(_test(test) for test in result.tests))


def _test(test: TestResult) -> TestResult:
    _demand(test.outcome in OUTCOMES, "outcome")
    _demand(type(test.seconds) in (int, float), "seconds")
    hint, misconception = (None if text is None else _text(text) for text in (test.hint, test.misconception))
    return replace(
        test,
        name=_text(test.name),
        title=_text(test.title),
        message=_text(test.message),
        hint=hint,
        misconception=misconception,
    )


def _text(value: Any) -> str:
    _demand(isinstance(value, str), "text")
    return str(value)[:MAX_TEXT]


def _demand(condition: object, what: str) -> None:
    if not condition:
        raise ValueError(f"unexpected {what}")
