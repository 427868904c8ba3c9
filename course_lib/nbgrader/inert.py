"""Text of a student, shown in a notebook that a grader opens: it shows itself and does nothing.

Formgrader and feedback pages render Markdown together with the HTML and the links in it, and formgrader runs in the
browser session that may start programs on the grader's machine. So a student's Markdown is made inert: emphasis, lists,
code, tables and formulas stay; tags, links and entities do not. (Formulas are typeset in MathJax's safe mode.)
"""

from __future__ import annotations

import re

from course_lib.grading.safe_text import plain

MAX_TEXT = 100_000  # characters of one cell that a person is shown; the judge reads the whole
CUT = "… (the rest of this cell is in the submitted file)"

_ACTIVE = (
    (re.compile(r"<(?=[A-Za-z/!?])"), "< "),  # a tag
    (re.compile(r"\](?=[(\[:])"), "] "),  # a link, an image, the address of one
    (re.compile(r"&(?=#|\w+;)"), "& "),  # a character in disguise
)


def inert_code(text: str) -> str:
    """Return code as characters that show themselves; no longer than a person reads."""
    shown = plain(text, MAX_TEXT)
    return shown if len(text) <= MAX_TEXT else f"{shown}\n# {CUT}"


def inert_markdown(text: str) -> str:
    """Return Markdown that renders to text without tags and links."""
    shown = plain(text, MAX_TEXT)
    for pattern, harmless in _ACTIVE:
        shown = pattern.sub(harmless, shown)
    return shown if len(text) <= MAX_TEXT else f"{shown}\n\n{CUT}"
