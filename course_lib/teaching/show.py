"""Showing something to a student: in a notebook as a page, in a terminal as text."""

from __future__ import annotations

import sys
from typing import TextIO

from course_lib.teaching.pages import render
from course_lib.teaching.panel import ASCII_MARKS


def show(html: str, text: str) -> None:
    """Show one thing, in the form that fits.

    Args:
        html: for notebooks.
        text: for terminals, and for readers of notebooks that show no HTML.

    """
    if in_ipython():
        from IPython.display import display  # noqa: PLC0415 - there only where IPython runs

        display({"text/html": html, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
    else:
        say(text)


def show_notice(text: str) -> None:
    """Show a sentence or two."""
    show(render("notice", text=text), text)


def say(text: str) -> None:
    """Print a text."""
    print(in_letters_of(sys.stdout, text))  # noqa: T201 - this is where the student's side prints


def in_letters_of(stream: TextIO, text: str) -> str:
    """Return the text with letters that the stream can write; Windows' terminals do not all know ours."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(ASCII_MARKS).encode(encoding, "replace").decode(encoding)
    return text


def in_ipython() -> bool:
    """Tell whether IPython runs this program."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None
