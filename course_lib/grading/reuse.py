"""A changed exercise is regraded alone: the others keep what an earlier grading of the same student found.

A result is kept under a key that stands for all that it depends on (see `reach`), and only from a grading in which
nothing happened that reaches further than names: no call that hung, crashed or was stopped, no cell that failed to
load, plenty of time left. What is put together from kept and fresh results is what grading everything would give;
wherever that is in doubt, everything is graded.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from course_lib.grading.cache import ReportCache
from course_lib.grading.judge import Judge
from course_lib.grading.reach import Reach, exercise_keys
from course_lib.grading.report import ExerciseResult, Report
from course_lib.grading.submission import Submission
from course_lib.grading.verdict import ENDED

CALM = frozenset({"passed", "failed", "error"})
RUNS = 4  # how often an exercise may have been judged at most for one verdict, on references and as it stood
FOLLOWED = re.compile(r"`(\w+)` was graded (?:on our|as it stood)")


@dataclass(frozen=True)
class _Kept:
    """What earlier gradings left for a submission: keys of now, and results that have them."""

    keys: dict[str, tuple[str, Reach]]
    results: dict[str, ExerciseResult]


def grade_what_changed(judge: Judge, submission: Submission, cache: ReportCache, *, hints: bool, use: bool) -> Report:
    """Grade a submission, as little of it as gives the full verdict.

    Args:
        judge: the judge.
        submission: the healed notebook.
        cache: where earlier results lie.
        hints: whether failing answers are compared with known mistakes.
        use: whether earlier results may be used; what is found is kept in any case.

    """
    around = cache.around(submission, f"{judge.tier} {judge.device}", hints=hints)
    keys = _keys(submission, around)
    kept = _Kept(keys, cache.find_results(around, [key for key, _ in keys.values()]) if use else {})
    report = _put_together(judge, submission, kept, hints=hints) if kept.results else None
    report = report or judge.grade(submission, hints=hints)
    cache.keep_results(around, {kept.keys[item.exercise][0]: item for item in _keepable(submission, report, kept)})
    return report


def _keys(submission: Submission, around: str) -> dict[str, tuple[str, Reach]]:
    """Return the exercises' keys, or none where a suite cannot be read; grading says what is wrong with it."""
    try:
        return exercise_keys(submission, around)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return {}


def _put_together(judge: Judge, submission: Submission, kept: _Kept, *, hints: bool) -> Report | None:
    """Return kept and fresh results as one report, or None where a whole grading could give another one."""
    fresh = _to_grade(kept)
    old = {slug: kept.results[key] for slug, (key, _) in kept.keys.items() if slug not in fresh}
    if not old:
        return None
    slugs = [slug for slug in submission.chapter.slugs if slug not in old]
    began = time.monotonic()
    part = judge.grade(submission, slugs, hints=hints)
    seconds = time.monotonic() - began
    results = {item.exercise: item for item in part.exercises} | old
    report = replace(part, exercises=tuple(results[slug] for slug in submission.chapter.slugs))
    steady = _is_steady(submission, part, old, kept) and _in_time(judge, submission, seconds, old)
    return report if steady else None


def _to_grade(kept: _Kept) -> frozenset[str]:
    """Return the exercises without a kept result, and those that they draw in.

    What builds on one of them, what may change things for one of them, and what one of them builds on and may be to
    blame: an answer that holds is never blamed. One is always judged, because that shows whether every cell loads.
    """
    fresh = {slug for slug, (key, _) in kept.keys.items() if key not in kept.results}
    fresh = fresh or {min(kept.keys, key=lambda slug: _seconds(kept.results[kept.keys[slug][0]]))}
    while True:
        reached = frozenset().union(*(kept.keys[slug][1].exercises for slug in fresh))
        drawn = {
            slug
            for slug, (key, reach) in kept.keys.items()
            if (reach.exercises | reach.together) & fresh or (slug in reached and not _holds(kept.results.get(key)))
        }
        if drawn <= fresh:
            return frozenset(fresh)
        fresh |= drawn


def _holds(result: ExerciseResult | None) -> bool:
    return result is not None and all(test.passed for test in result.tests)


def _seconds(result: ExerciseResult) -> float:
    return math.fsum(test.seconds for test in result.tests)


def _keepable(submission: Submission, report: Report, kept: _Kept) -> Iterator[ExerciseResult]:
    """Yield the results that depend on their keys alone."""
    followed = _followed(submission, report)
    if followed is None or not _is_calm(report):
        return
    for item in report.exercises:
        known = kept.keys.get(item.exercise)
        if known is not None and item.exercise not in followed and not (followed and known[1].is_joined):
            yield item


def _is_steady(submission: Submission, part: Report, old: Mapping[str, ExerciseResult], kept: _Kept) -> bool:
    """Tell whether what was judged now says nothing about what was kept."""
    followed = _followed(submission, part)
    joined = any(kept.keys[slug][1].is_joined for slug in old)
    return _is_calm(part) and followed is not None and not (followed and joined)


def _followed(submission: Submission, report: Report) -> frozenset[str] | None:
    """Return the exercises that were judged a second time on other code, or None where more is noted than that.

    What happened the first time is in no report: it may have ended a worker, and with it what exercises share.
    """
    notes = [FOLLOWED.match(note) for note in report.notes if note not in submission.notes]
    return None if None in notes else frozenset(found.group(1) for found in notes if found)


def _is_calm(report: Report) -> bool:
    """Tell whether every test ran to its end, and no worker ended."""
    tests = [test for item in report.exercises for test in item.tests]
    ended = any(test.outcome not in CALM or test.message == ENDED for test in tests)
    return not ended and all(item.state != "grader_error" for item in report.exercises)


def _in_time(judge: Judge, submission: Submission, seconds: float, old: Mapping[str, ExerciseResult]) -> bool:
    """Tell whether a whole grading could not have felt the total time."""
    before = sum(map(_seconds, old.values()))
    last_call = max(exercise.limits.call_seconds for exercise in submission.chapter.exercises)
    return seconds + RUNS * before + last_call < judge.course.defaults.total_seconds
