"""The one comment on a pull request: found by its mark, and remembering in it what was graded last.

The memory serves display and saves time. A student who owns the repository could rewrite it there, and would change
nothing but their own comment: marks for the record come from the instructor's grading.
"""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from course_lib.catalog import Course
from course_lib.github.api import ApiError, GitHub
from course_lib.github.plan import Earlier, Target

MARK = "<!-- course-verdict -->"
MEMORY = re.compile(r"<!-- course-memory:([A-Za-z0-9+/=]{1,20000}) -->")
MAX_MEMORY = 200_000  # bytes, unpacked
TRIES = 3
SERVER_ERRORS = 500
GONE = 404


def find_comment(github: GitHub, repository: str, pull: int, bot: str) -> dict[str, Any] | None:
    """Return our comment on a pull request. A comment by anybody else is not ours, whatever is in it."""
    for comment in github.pages(f"/repos/{repository}/issues/{pull}/comments"):
        author = (comment.get("user") or {}).get("login")
        if author == bot and str(comment.get("body") or "").startswith(MARK):
            found: dict[str, Any] = comment
            return found
    return None


def write_comment(github: GitHub, target: Target, body: str, bot: str) -> str:
    """Write our comment in place of the earlier one, or as the first; return its address.

    A request whose answer got lost may have worked, so every try looks first for what is there.

    Raises:
        ApiError: GitHub refuses, or is out of order for longer.

    """
    for attempt in range(TRIES):
        try:
            return _write_once(github, target, body, bot)
        except ApiError as error:
            lasting = 0 < error.status < SERVER_ERRORS and error.status != GONE
            if lasting or attempt == TRIES - 1:
                raise
    raise AssertionError  # the last try returned or raised


def _write_once(github: GitHub, target: Target, body: str, bot: str) -> str:
    existing = find_comment(github, target.repository, target.pull, bot)
    if existing:
        answer = github.patch(f"/repos/{target.repository}/issues/comments/{int(existing['id'])}", {"body": body})
    else:
        answer = github.post(f"/repos/{target.repository}/issues/{target.pull}/comments", {"body": body})
    return str(answer.get("html_url", ""))


def remember(memory: Mapping[str, Earlier]) -> str:
    """Return a memory as a comment within the comment, which GitHub does not show."""
    data = json.dumps({name: asdict(earlier) for name, earlier in memory.items()}).encode()
    return f"<!-- course-memory:{base64.b64encode(zlib.compress(data, 9)).decode()} -->"


def recall(body: str, course: Course) -> dict[str, Earlier]:
    """Return what a comment remembers; whatever is not exactly of the expected form is forgotten."""
    found = MEMORY.search(body)
    if not found:
        return {}
    try:
        unpacker = zlib.decompressobj()
        data = json.loads(unpacker.decompress(base64.b64decode(found.group(1)), MAX_MEMORY))
        earlier = {name: Earlier(**item) for name, item in data.items()}
        return {name: item for name, item in earlier.items() if _is_sound(name, item, course)}
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error):
        return {}


def _is_sound(name: str, item: Earlier, course: Course) -> bool:
    chapters = {chapter.name: chapter for chapter in course.chapters}
    if name not in chapters or not isinstance(item.points, dict):
        return False
    numbers = [item.score, item.max_score, *(points for points in item.points.values() if points is not None)]
    texts = [item.blob, item.suite, *item.points]
    return (
        all(type(number) in (int, float) and math.isfinite(number) for number in numbers)
        and all(isinstance(text, str) and len(text) <= 64 for text in texts)  # noqa: PLR2004 - digests and slugs
        and item.points.keys() <= set(chapters[name].slugs)
    )
