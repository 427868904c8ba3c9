"""What a student reads in the feedback: the verdict on each exercise, in the look of the check cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_lib.catalog import Exercise
from course_lib.grading.report import ExerciseResult, TestResult
from course_lib.grading.safe_text import for_html
from course_lib.teaching import panel as teaching_panel
from course_lib.teaching.pages import inline
from course_lib.teaching.panel import FAILS, HOLDS, WAITS, Panel, Row

OUTCOMES = {
    "passed": "holds",
    "failed": "fails",
    "error": "error",
    "timeout": "stopped",
    "memory": "memory",
    "blocked": "blocked",
}
SAME_MISTAKE = "The same mistake as above."


def verdict_panel(result: ExerciseResult, exercise: Exercise) -> str:
    """Return the panel of one exercise as HTML.

    Args:
        result: the verdict.
        exercise: its title.

    """
    panel = Panel(_tone(result), exercise.title, _state(result), _lead(result), tuple(_rows(result.tests)))
    return _environment().get_template("panel.html.j2").render(panel=panel)


def notes_panel(notes: Sequence[str]) -> tuple[str, str]:
    """Return what was mended in a submission, as HTML and as plain text."""
    html = _environment().get_template("notes.html.j2").render(notes=notes)
    return html, "\n".join(notes)


def verdict_metadata(result: ExerciseResult, exercise: Exercise) -> dict[str, Any]:
    """Return what the page's table of contents says about an exercise, for the cell's metadata."""
    return {
        "slug": exercise.slug,
        "title": exercise.title,
        "state": result.state,
        "points": result.points,
        "held": sum(test.passed for test in result.tests),
        "tests": len(result.tests),
        "mistakes": [spoken(name) for name in mistakes(result.tests)],
    }


def mistakes(tests: Sequence[TestResult]) -> tuple[str, ...]:
    """Return the names of the known mistakes, each once, in order."""
    return tuple(dict.fromkeys(test.misconception for test in tests if test.misconception))


def spoken(name: str) -> str:
    """Return a mistake's name as people say it."""
    return name.replace("_", " ")


def _tone(result: ExerciseResult) -> str:
    if result.state != "graded":
        return WAITS
    return HOLDS if all(test.passed for test in result.tests) else FAILS


def _state(result: ExerciseResult) -> str:
    worth = f"{result.points or 0.0:g} of {result.max_points:g} points"
    if result.state != "graded":
        return f"not attempted · {worth}"
    held, total = sum(test.passed for test in result.tests), len(result.tests)
    return f"{f'all {total} tests' if held == total > 1 else f'{held} of {total} tests'} hold · {worth}"


def _lead(result: ExerciseResult) -> str:
    return "" if result.state == "graded" else "This exercise was handed in as it was given out."


def _rows(tests: Sequence[TestResult]) -> Iterator[Row]:
    said: set[str] = set()
    for test in tests:
        message, hint = test.message, test.hint or ""
        if test.misconception in said:
            message, hint = SAME_MISTAKE, ""
        elif test.misconception:
            said.add(test.misconception)
            message = f"{message}\nA known mistake: {spoken(test.misconception)}.".strip()
        yield Row(HOLDS if test.passed else FAILS, OUTCOMES[test.outcome], test.title, message, hint)


@cache
def _environment() -> Environment:
    """Return the templates of this package and, for the panel, those of the notebooks."""
    folders = [Path(__file__).parent / "templates", Path(teaching_panel.__file__).parent / "templates"]
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(inline=inline, safe_text=for_html)
    return environment
