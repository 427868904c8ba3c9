"""Escaping for GitHub's Markdown: what a template prints has no meaning of its own, unless it was made `Ready`."""

from __future__ import annotations

import re
from typing import Any

from course_lib.grading.safe_text import for_markdown, one_line

CODE = re.compile(r"`([^`\n]+)`")


class Ready(str):
    """Markdown that is finished; everything else is escaped."""

    __slots__ = ()


def escaped(value: Any) -> str:
    """Return a value for Markdown: text inside backticks as code, everything else without any meaning."""
    if isinstance(value, Ready):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    pieces = CODE.split(one_line(str(value)))
    return "".join(_code(piece) if number % 2 else _words(piece) for number, piece in enumerate(pieces))


def _words(text: str) -> str:
    """Words without meaning, the spaces around them kept."""
    bare = text.strip()
    before, _, after = text.partition(bare) if bare else (text, "", "")
    return before + for_markdown(bare) + after


def _code(text: str) -> str:
    """A span of code, in which only the bar of a table and the end of the span mean something."""
    return f"`{one_line(text).replace('|', '¦')}`"
