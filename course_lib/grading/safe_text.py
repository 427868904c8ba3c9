"""Text that a student wrote, made safe to show: in a page, in Markdown, in a workflow's log, in a terminal.

Anything that student code can say (an exception's text, a printed line, a name) may hold terminal escapes, characters
that turn the reading direction round, invisible characters, HTML, mentions or workflow commands. Every place that shows
such text goes through one of these functions.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

LIMIT = 2000  # characters; what a person still reads
MAX_MARKS = 4  # combining marks on one letter; more than any script needs, fewer than it takes to paint over a line

# CSI, then the string commands (OSC, DCS, SOS, PM, APC) with their text, then the short ones.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c|\Z)"
    r"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
_UNUSUAL = re.compile(r"[^ -~\n]")  # all but what shows itself for certain
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Cc controls, Cf formatting (bidi, zero width, tags), Cs lone surrogates, which no encoding can write.
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")  # letters and marks that show nothing
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # every ASCII punctuation character may be escaped by a backslash
_ZERO_WIDTH = "\u200b"


def plain(text: str, limit: int = LIMIT) -> str:
    """Return the text as characters that show themselves and nothing else.

    Removed are terminal escapes, control characters but line ends, and formatting characters (reading direction, zero
    width). Tabs become spaces.

    Args:
        text: anything that student code said.
        limit: most characters to keep; a longer text ends in "…".

    """
    exact = str.__str__(text)[: 20 * limit + 1000]  # not a subclass with methods of its own; no more work than worth it
    clean = _ANSI.sub("", _BREAKS.sub("\n", exact)).replace("\t", "    ")
    letters = set(_UNUSUAL.findall(clean))  # few, and mostly none
    if not all(map(_shows, letters)):
        clean = "".join(letter for letter in clean if _shows(letter))
    shown = _without_piles(clean) if any(map(_is_mark, letters)) else clean
    return shown if len(shown) <= limit else shown[: max(limit - 1, 0)] + "…"


def one_line(text: str, limit: int = LIMIT) -> str:
    """Return the text as `plain` does, with every run of white space as one space."""
    return plain(" ".join(plain(text, 4 * limit).split()), limit)


def for_html(text: str, limit: int = LIMIT) -> Markup:
    """Return the text for a page; Jinja2 does not escape it again."""
    return escape(plain(text, limit))


def for_markdown(text: str, limit: int = LIMIT) -> str:
    """Return the text as one line of GitHub's Markdown: no mention, link, reference, HTML, code or table in it.

    GitHub finds mentions, references and addresses after it has removed the backslashes, so these are broken up by a
    character of no width.
    """
    escaped = _MARKDOWN.sub(lambda found: "\\" + found.group(), one_line(text, limit))
    broken = re.sub(r"\\[@#:]", lambda found: found.group() + _ZERO_WIDTH, escaped)
    return re.sub(r"(?i)\b(www|gh)(?=\\[.-])", lambda found: found.group() + _ZERO_WIDTH, broken)


def for_workflow_log(text: str, limit: int = LIMIT) -> str:
    """Return the text for the log of a GitHub workflow, where `::error::` and `##[group]` would be commands."""
    return re.sub(r":(?=:)", ": ", plain(text, limit)).replace("##[", "## [")


def for_terminal(text: str, limit: int = LIMIT) -> str:
    """Return the text for Rich, where `[bold]` would be markup."""
    from rich.markup import escape as escape_markup  # noqa: PLC0415 - notebooks do without Rich

    shown = plain(text, limit)
    body = shown.rstrip("\\")  # Rich does not double every backslash at the end, and one would escape the next tag
    return escape_markup(body) + 2 * shown[len(body) :]


def _shows(letter: str) -> bool:
    return letter == "\n" or (unicodedata.category(letter) not in _DROPPED and letter not in _FILLERS)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me")


def _without_piles(text: str) -> str:
    """Leave at most `MAX_MARKS` combining marks on a letter."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if _is_mark(letter) else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)
