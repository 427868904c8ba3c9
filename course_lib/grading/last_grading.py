"""What a student's last grading found: the notebook and the results on its exercises.

On what a result depends is looked up when the student hands in again, which most never do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from course_lib.grading.cache import ReportCache
from course_lib.grading.healing import CodeCell
from course_lib.grading.reach import Reach, exercise_keys
from course_lib.grading.report import ExerciseResult, Report
from course_lib.grading.submission import Submission
from course_lib.grading.verdict import ENDED

CALM = frozenset({"passed", "failed", "error"})
FOLLOWED = re.compile(r"`(\w+)` was graded (?:on our|as it stood)")
Keys = dict[str, tuple[str, Reach]]


@dataclass(frozen=True)
class Kept:
    """The keys of a submission's exercises, and the results that the last grading has for those keys."""

    keys: Keys
    results: dict[str, ExerciseResult]


def keep(cache: ReportCache, around: str, submission: Submission, report: Report) -> None:
    """Keep a grading, where nothing happened in it that reaches further than names.

    Args:
        cache: where it is kept.
        around: what stands for everything but the notebook (see `ReportCache.around`).
        submission: the healed notebook.
        report: its full verdict.

    """
    followed = followed_in(submission, report)
    if followed is None or not is_calm(report):
        return
    grading = {
        "cells": [[cell.name, cell.source, sorted(cell.exercises)] for cell in submission.cells],
        "attempted": sorted(submission.attempted),
        "results": {item.exercise: item.to_dict() for item in report.exercises},
        "followed": sorted(followed),
    }
    cache.keep_last(around, grading)


def find(cache: ReportCache, around: str, submission: Submission) -> Kept:
    """Return what the student's last grading left for this notebook (see `keep` for the arguments)."""
    known = cache.find_last(around)
    try:
        results = _results(known, around, submission) if known is not None else {}
    except (KeyError, TypeError, ValueError):
        results = {}
    keys = _keys(submission, around) if results else {}
    return Kept(keys, {key: results[key] for key, _ in keys.values() if key in results})


def _results(known: Any, around: str, submission: Submission) -> dict[str, ExerciseResult]:
    """Return by key the results of the last grading that depend on their keys alone."""
    cells = tuple(CodeCell(name, source, frozenset(slugs)) for name, source, slugs in known["cells"])
    last = Submission(submission.name, submission.chapter, cells, frozenset(known["attempted"]), ())
    followed = frozenset(known["followed"])
    return {
        key: ExerciseResult.from_dict(known["results"][slug])
        for slug, (key, reach) in _keys(last, around).items()
        if slug not in followed and not (followed and reach.is_joined)
    }


def _keys(submission: Submission, around: str) -> Keys:
    """Return the exercises' keys, or none where a suite cannot be read; grading says what is wrong with it."""
    try:
        return exercise_keys(submission, around)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return {}


def followed_in(submission: Submission, report: Report) -> frozenset[str] | None:
    """Return the exercises that were judged a second time on other code, or None where more is noted than that.

    What happened the first time is in no report: it may have ended a worker, and with it what exercises share.
    """
    notes = [FOLLOWED.match(note) for note in report.notes if note not in submission.notes]
    return None if None in notes else frozenset(found.group(1) for found in notes if found)


def is_calm(report: Report) -> bool:
    """Tell whether every test ran to its end, and no worker ended."""
    tests = [test for item in report.exercises for test in item.tests]
    ended = any(test.outcome not in CALM or test.message == ENDED for test in tests)
    return not ended and all(item.state != "grader_error" for item in report.exercises)
