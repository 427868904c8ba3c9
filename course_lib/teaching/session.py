"""`start`, `check` and `progress`: a chapter's notebook while a student works on it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.catalog import CatalogError, Chapter, Course, find_root, load_course
from course_lib.grading.safe_text import one_line
from course_lib.grading.visible import Check, load_checks
from course_lib.teaching import examine
from course_lib.teaching.examine import Finding
from course_lib.teaching.figures import use_style
from course_lib.teaching.pages import prepare, render
from course_lib.teaching.panel import make_panel, panel_text, state_of
from course_lib.teaching.place import caller_globals, name_and_text
from course_lib.teaching.show import say, show, show_notice
from course_lib.teaching.summary import checkable, make_summary, points, summary_text

VALIDATING = "NBGRADER_VALIDATING"  # set by `nbgrader validate` while it runs a notebook
NOT_STARTED = "Run the first cell of this notebook, the one with `start(…)`, and then this cell again."


class CheckFailed(AssertionError):
    """A check does not hold while `nbgrader validate` runs the notebook. Students working in it never meet this."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show: the sentence alone."""
        return [f"CheckFailed: {self}"]


@dataclass
class Session:
    """A started chapter.

    Attributes:
        course: the whole course.
        chapter: the chapter of this notebook.
        checks: its visible checks by exercise.
        objects: the notebook's global variables.
        findings: what the checks that ran found last, by exercise.

    """

    course: Course
    chapter: Chapter
    checks: Mapping[str, Sequence[Check]]
    objects: dict[str, Any]
    findings: dict[str, Finding] = field(default_factory=dict)


class _Notebook:
    """The one notebook that this process runs."""

    session: Session | None = None


def start(chapter: str) -> None:
    """Open a chapter: find its checks, give plots the course's look, and say how it works.

    Args:
        chapter: its name in `course.toml`.

    """
    before, _Notebook.session = _Notebook.session, None
    try:
        session = open_session(chapter, caller_globals(), Path.cwd())
    except CatalogError as error:
        _complain(f"{error}")
        return
    if before is not None and before.chapter.name == session.chapter.name:
        session.findings.update(before.findings)  # the first cell was run again
    _Notebook.session = session
    prepare()
    use_style()
    say(_welcome(session.chapter))


def open_session(name: str, objects: dict[str, Any], folder: Path) -> Session:
    """Find a chapter and its visible checks.

    Args:
        name: the chapter.
        objects: the notebook's global variables.
        folder: where the notebook lies; the checks beside it come first.

    Raises:
        CatalogError: no such chapter, or its checks are missing or broken; the message says what to do.

    """
    course = load_course(find_root(folder))
    chapter = course.chapter(name)
    return Session(course, chapter, read_checks(chapter, folder), objects)


def read_checks(chapter: Chapter, folder: Path) -> Mapping[str, Sequence[Check]]:
    """Load a chapter's visible checks, from beside the notebook or from where the course keeps them.

    Raises:
        CatalogError: they are missing or broken.

    """
    beside = folder / chapter.visible_checks_released.name
    path = beside if folder.name == chapter.name and beside.is_file() else chapter.checks_in_use
    try:
        return load_checks(path)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}): get the file again from where you got the notebook."
        raise CatalogError(message) from error
    except Exception as error:
        message = f"{path} is broken, {name_and_text(error)}: get the file again from where you got the notebook."
        raise CatalogError(message) from error


def check(slug: str) -> None:
    """Run the visible checks of one exercise and show what they found. Never raises where a student works.

    Args:
        slug: the exercise.

    Raises:
        CheckFailed: while `nbgrader validate` runs the notebook, and not all checks hold.

    """
    session = _Notebook.session
    if session is None:
        _complain(NOT_STARTED)
        return
    try:
        exercise = session.chapter.exercise(slug)
    except CatalogError:
        _complain(_unknown(slug, session.chapter))
        return
    checks = session.checks.get(slug, ())
    if not checks:
        show_notice(_nothing_to_run(exercise.title, written=not exercise.graded_by_suite))
        return
    finding = examine.examine(exercise, checks, session.objects)
    session.findings[slug] = finding
    panel = make_panel(finding)
    show(render("panel", panel=panel), panel_text(panel))
    if finding.state != examine.HOLDS:
        _fail_validation(f"{one_line(exercise.title)}: {state_of(finding)}")


def progress() -> None:
    """Show every exercise of the chapter, what it is worth, what its checks found last, and what is next."""
    session = _Notebook.session
    if session is None:
        _complain(NOT_STARTED)
        return
    summary = make_summary(session.course, session.chapter, session.findings)
    show(render("progress", summary=summary), summary_text(summary))


def _welcome(chapter: Chapter) -> str:
    worth = f"{len(chapter.exercises)} exercises worth {points(chapter.points)} points"
    how = "Replace `YOUR CODE HERE`, run the cell, then run the check cell below it."
    return f"{chapter.title}: {worth}, about {_duration(chapter.minutes)}. {how if checkable(chapter) else ''}".rstrip()


def _duration(minutes: int) -> str:
    hours = round(minutes / 30) / 2
    return f"{minutes} minutes" if hours <= 1 else f"{hours:g} hours"


def _unknown(slug: str, chapter: Chapter) -> str:
    near = difflib.get_close_matches(str(slug), chapter.slugs, n=1, cutoff=0.5)
    meant = f" Did you mean `{near[0]}`?" if near else f" Its exercises are: {', '.join(chapter.slugs)}."
    return f"This chapter has no exercise `{one_line(str(slug), 60)}`.{meant}"


def _nothing_to_run(title: str, *, written: bool) -> str:
    if written:
        return f"{title}: written answers are read by a person. There is nothing to run here."
    return f"{title}: there are no checks to run here. It is tested when you hand in."


def _complain(sentence: str) -> None:
    """Show what keeps a call from working."""
    show_notice(sentence)
    _fail_validation(sentence)


def _fail_validation(sentence: str) -> None:
    if os.environ.get(VALIDATING):
        raise CheckFailed(sentence)
