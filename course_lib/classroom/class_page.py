"""The page about a class: one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_lib.classroom import pictures
from course_lib.classroom.class_report import ClassReport
from course_lib.classroom.statistics import ENOUGH, ExerciseFigures, quartiles
from course_lib.grading.safe_text import for_html, one_line
from course_lib.teaching.pages import inline

SEPARATES, HARDLY = 0.3, 0.1  # discrimination: good from the first, worth a look below the second (Ebel, 1965)
HARD = 0.4  # mean share of points
TESTS_SHOWN = MISTAKES_SHOWN = 15
SLOWEST_SHOWN = 5
WIDTH, HEIGHT = 460, 170  # of the pictures of scores and exercises
NARROW = "\u202f"  # a narrow space that does not break the line
KINDS = {
    "full": "all points",
    "part": "some points",
    "none": "tried, no points",
    "left_out": "left out",
    "undecided": "not decided yet",
}


def class_page(report: ClassReport, when: datetime) -> str:
    """Return the page as HTML; what students wrote is escaped.

    Args:
        report: what it says.
        when: the date on it.

    """
    shares = sorted(report.shares.values())
    return (
        _environment()
        .get_template("class_page.html.j2")
        .render(
            report=report,
            members=report.members,
            called=lambda student: one_line(report.called[student], 80),
            when=f"{when.day} {when:%B %Y}",
            titles={exercise.slug: exercise.title for exercise in report.chapter.exercises},
            attention=tuple(_attention(report)),
            shares=shares,
            quartiles=quartiles(shares) if shares else None,
            seconds=sorted((work.seconds, work.student) for work in report.members.works),
            kinds=KINDS,
            enough=ENOUGH,
            tests_shown=TESTS_SHOWN,
            mistakes_shown=MISTAKES_SHOWN,
            slowest_shown=SLOWEST_SHOWN,
            pictures=pictures,
            width=WIDTH,
            height=HEIGHT,
            separates=separates,
        )
    )


def separates(discrimination: float | None) -> str:
    """Say in a word what a discrimination means."""
    if discrimination is None:
        return "no figure"
    return "good" if discrimination >= SEPARATES else "weak" if discrimination >= HARDLY else "look at it"


def _attention(report: ClassReport) -> Iterator[tuple[str, str]]:
    """Yield what asks for a person, as a sentence and the section that tells more."""
    waiting = sum(map(len, report.waiting.values()))
    if waiting:
        yield f"{_count(waiting, 'written answer waits', 'written answers wait')} for a person.", "written"
    if report.members.unusable:
        yield f"{_count(len(report.members.unusable), 'submission', 'submissions')} could not be graded.", "people"
    if report.members.ungraded:
        yield f"{_count(len(report.members.ungraded), 'submission is', 'submissions are')} not graded yet.", "people"
    if report.members.missing:
        yield f"{_count(len(report.members.missing), 'student has', 'students have')} handed in nothing.", "people"
    yield from _exercises(report.figures)
    if report.mistakes:
        most = report.mistakes[0]
        who = _count(len(most.students), "student makes", "students make")
        yield f"{who} the same mistake in {most.exercise.title}: {most.name.replace('_', ' ')}.", "mistakes"
    if report.pairs:
        yield f"{_count(len(report.pairs), 'pair', 'pairs')} of submissions to look at side by side.", "similar"


def _exercises(figures: Sequence[ExerciseFigures]) -> Iterator[tuple[str, str]]:
    hard = [item.exercise.title for item in figures if item.facility is not None and item.facility < HARD]
    if hard:
        yield (
            f"Hard, with less than {HARD:.0%} of the points on average: {'; '.join(hard)}.".replace("%", f"{NARROW}%"),
            "exercises",
        )
    flat = [item.exercise.title for item in figures if separates(item.discrimination) == "look at it"]
    if flat:
        yield f"Says little about who did the rest well: {'; '.join(flat)}.", "exercises"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        inline=inline,
        safe_text=for_html,
        spoken=lambda name: name.replace("_", " "),
        percent=lambda share: f"{100 * share:.0f}{NARROW}%",
        number=lambda value: f"{value:g}",
        fixed=lambda value: f"{value:.1f}",
        correlation=lambda value: f"{value:.2f}".replace("-", "−"),
    )
    return environment
