"""Before anybody is graded: does the reference get full marks here? Where it does not, the fault is ours."""

from __future__ import annotations

import platform

from course_lib.authoring.problems import AuthoringError
from course_lib.authoring.source import read_source
from course_lib.catalog import Chapter
from course_lib.grading.cache import ReportCache
from course_lib.grading.errors import GraderError
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.submission import Submission
from course_lib.grading.warm_bank import reference_cells

NAME = "reference"
KEPT = (".course", "reference")  # under the course's folder; a workflow may keep it between runs


def reference_problem(judge: Judge, chapter: Chapter) -> str:
    """Return why nobody can be graded on this machine; empty where the reference gets full marks.

    That it does is kept by everything it depends on: chapter, suites, engine, libraries, sandbox, machine.
    """
    try:
        source = read_source(chapter)
        cells = reference_cells(source)
        submission = Submission(NAME, chapter, cells, frozenset(source.code_slugs), ())
        place = f"{judge.tier} {judge.device} {platform.platform()} {platform.processor()}"
        key = ReportCache(chapter.root).key(submission, place, None, hints=False)
        proof = chapter.root.joinpath(*KEPT, key)
        if proof.exists():
            return ""
        problem = _losses(chapter, judge.grade(submission, hints=False))
    except (GraderError, AuthoringError, OSError) as error:
        return f"the reference of {chapter.name} could not be judged: {error}"
    if not problem:
        proof.parent.mkdir(parents=True, exist_ok=True)
        proof.touch()
    return problem


def _losses(chapter: Chapter, report: Report) -> str:
    graded = [report.exercise(exercise.slug) for exercise in chapter.exercises if exercise.graded_by_suite]
    lost = [result.exercise for result in graded if result.points != result.max_points]
    return f"the reference of {chapter.name} does not get full marks in {', '.join(lost)}" if lost else ""
