"""A changed exercise is regraded alone: the others keep what an earlier grading of the same student found.

A result is kept under a key that stands for all that it depends on (see `reach`), and only from a grading in which
nothing happened that reaches further than names: no call that hung, crashed or was stopped, no cell that failed to
load, plenty of time left. What is put together from kept and fresh results is what grading everything would give;
wherever that is in doubt, everything is graded.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace

from course_lib.grading import last_grading
from course_lib.grading.cache import ReportCache
from course_lib.grading.judge import Judge
from course_lib.grading.last_grading import Kept, followed_in, is_calm
from course_lib.grading.report import ExerciseResult, Report
from course_lib.grading.submission import Submission

RUNS = 4  # how often an exercise may have been judged at most for one verdict, on references and as it stood


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
    kept = last_grading.find(cache, around, submission) if use else last_grading.Kept({}, {})
    report = _put_together(judge, submission, kept, hints=hints) if kept.results else None
    report = report or judge.grade(submission, hints=hints)
    last_grading.keep(cache, around, submission, report)
    return report


def _put_together(judge: Judge, submission: Submission, kept: Kept, *, hints: bool) -> Report | None:
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


def _to_grade(kept: Kept) -> frozenset[str]:
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


def _is_steady(submission: Submission, part: Report, old: Mapping[str, ExerciseResult], kept: Kept) -> bool:
    """Tell whether what was judged now says nothing about what was kept."""
    followed = followed_in(submission, part)
    joined = any(kept.keys[slug][1].is_joined for slug in old)
    return is_calm(part) and followed is not None and not (followed and joined)


def _in_time(judge: Judge, submission: Submission, seconds: float, old: Mapping[str, ExerciseResult]) -> bool:
    """Tell whether a whole grading could not have felt the total time."""
    before = sum(map(_seconds, old.values()))
    last_call = max(exercise.limits.call_seconds for exercise in submission.chapter.exercises)
    return seconds + RUNS * before + last_call < judge.course.defaults.total_seconds
