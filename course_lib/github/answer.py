"""Answering: the comment on the pull request, the job's summary, and the mark on the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.catalog import Course
from course_lib.github.api import ApiError, GitHub
from course_lib.github.markdown import comment, render
from course_lib.github.plan import Plan, Target, Work
from course_lib.github.sticky import write_comment
from course_lib.github.surroundings import Surroundings, add_to_summary, say
from course_lib.github.verdicts import GRADED, GRADER_FAILED, Verdict, verdicts_of

CHECK = "course"
NO_CHECKS = (403, 404)  # the token belongs to no app of that repository


def comment_all(course: Course, plan: Plan, verdicts: list[Verdict], github: GitHub, surroundings: Surroundings) -> int:
    """Answer every pull request of a plan; return how many could not be answered."""
    failures = 0
    for number, target in enumerate(plan.targets):
        pairs = verdicts_of(verdicts, number, target)
        add_to_summary(f"## {target.name}\n\n{render(course, target, pairs)}\n")
        try:
            if is_current(github, target):
                say(f"{target.name}: {write_comment(github, target, comment(course, target, pairs), surroundings.bot)}")
        except ApiError as error:
            failures += 1
            say(f"{target.name} could not be answered: {error}")
    return failures


def mark_all(course: Course, plan: Plan, verdicts: list[Verdict], github: GitHub) -> int:
    """Put a check run on every graded commit; return how many failed."""
    failures = 0
    for number, target in enumerate(plan.targets):
        pairs = verdicts_of(verdicts, number, target)
        try:
            github.post(f"/repos/{target.repository}/check-runs", check_run(course, target, pairs))
        except ApiError as error:
            if error.status in NO_CHECKS:
                say(f"{target.name} gets no check run: the token may not write them there.")
            else:
                failures += 1
                say(f"{target.name} could not be marked: {error}")
    return failures


def is_current(github: GitHub, target: Target) -> bool:
    """Tell whether the pull request still ends in the commit that was graded."""
    data = github.get(f"/repos/{target.repository}/pulls/{target.pull}")
    current = bool(data["head"]["sha"] == target.sha)
    if not current:
        say(f"{target.name} was pushed to meanwhile; the newer commit is answered instead.")
    return current


def check_run(course: Course, target: Target, pairs: Sequence[tuple[Work, Verdict]]) -> dict[str, Any]:
    """Return a check run: green only where something was graded, red for an unusable file, grey for our failure."""
    return {
        "name": CHECK,
        "head_sha": target.sha,
        "status": "completed",
        "conclusion": conclusion(pairs),
        "output": {"title": _title(pairs), "summary": render(course, target, pairs, details=False)[:60_000]},
    }


def conclusion(pairs: Sequence[tuple[Work, Verdict]]) -> str:
    """Return what a check run concludes."""
    if any(_failed(verdict) for _, verdict in pairs):
        return "neutral"
    if any(verdict.state != GRADED for _, verdict in pairs):
        return "failure"
    return "success" if pairs else "neutral"


def _failed(verdict: Verdict) -> bool:
    exercises = verdict.report.exercises if verdict.report else ()
    return verdict.state == GRADER_FAILED or any(result.state == "grader_error" for result in exercises)


def _title(pairs: Sequence[tuple[Work, Verdict]]) -> str:
    if any(_failed(verdict) for _, verdict in pairs):
        return "The grader failed; this is not your mistake"
    reports = [verdict.report for _, verdict in pairs if verdict.report]
    if not reports:
        return "The notebook could not be read"
    return f"{sum(report.score for report in reports):g} of {sum(report.max_score for report in reports):g} points"
