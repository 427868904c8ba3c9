"""Verdicts in the form that Classroom 50 collects: `classroom50/result/v1`. It knows whole points only."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from course_lib.github.plan import Target
from course_lib.grading.report import Report

SCHEMA = "classroom50/result/v1"


def result(target: Target, report: Report, server: str, when: datetime | None = None) -> dict[str, Any]:
    """Return one chapter's verdict; points are rounded down, as the format takes whole ones.

    Args:
        target: the pull request.
        report: of one chapter.
        server: where the repository is, such as https://github.com.
        when: the time to write; by default now.

    """
    commit = f"{server}/{target.repository}/commit/{target.sha}"
    stamp = (when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    tests = [
        {
            "test-name": item.exercise,
            "passed": item.points == item.max_points,
            "score": math.floor(item.points or 0),
            "max-score": math.floor(item.max_points),
        }
        for item in report.exercises
    ]
    return {
        "schema": SCHEMA,
        "classroom": target.repository.split("/")[0],
        "assignment": report.assignment,
        "usernames": [target.student],
        "submission": f"submit/{stamp.replace(':', '-')}-{target.sha[:7]}",
        "commit": commit,
        "release": commit,
        "review": f"{server}/{target.repository}/pull/{target.pull}/files",
        "datetime": stamp,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
