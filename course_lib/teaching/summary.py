"""What `progress()` shows: every exercise of the chapter, what it is worth, what holds, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_lib.catalog import Chapter, Course, Exercise
from course_lib.grading.safe_text import plain
from course_lib.teaching import examine
from course_lib.teaching.examine import Finding
from course_lib.teaching.panel import HOLDS, MARKS, WAITS, state_of, tone_of

HALF = 0.5


@dataclass(frozen=True)
class SummaryRow:
    """One exercise."""

    title: str
    worth: str
    tone: str
    state: str

    @property
    def mark(self) -> str:
        """The mark that reads without colour."""
        return MARKS[self.tone]


@dataclass(frozen=True)
class Summary:
    """One chapter."""

    title: str
    tone: str
    standing: str
    rows: tuple[SummaryRow, ...]
    sentences: tuple[str, ...]


def make_summary(course: Course, chapter: Chapter, findings: Mapping[str, Finding]) -> Summary:
    """Say how far a student has come in a chapter.

    Args:
        course: knows the chapter after this one.
        chapter: the chapter.
        findings: by slug, for the exercises whose checks ran.

    """
    known = [findings.get(exercise.slug, Finding(exercise)) for exercise in chapter.exercises]
    rows = tuple(
        SummaryRow(exercise.title, points(exercise.points), tone_of(finding.state), state_of(finding))
        for exercise, finding in zip(chapter.exercises, known, strict=True)
    )
    tone = HOLDS if next_exercise(chapter, findings) is None else WAITS
    return Summary(chapter.title, tone, standing(chapter, findings), rows, _sentences(course, chapter, findings))


def standing(chapter: Chapter, findings: Mapping[str, Finding]) -> str:
    """Count what holds: "5 of 12 exercises hold"."""
    checked = checkable(chapter)
    return f"{len(_holding(chapter, findings))} of {len(checked)} exercises hold"


def checkable(chapter: Chapter) -> list[Exercise]:
    """Return the exercises that checks can decide; a person reads the others."""
    return [exercise for exercise in chapter.exercises if exercise.graded_by_suite]


def next_exercise(chapter: Chapter, findings: Mapping[str, Finding]) -> Exercise | None:
    """Return the first exercise whose checks do not all hold."""
    holding = _holding(chapter, findings)
    return next((exercise for exercise in checkable(chapter) if exercise not in holding), None)


def points(number: float) -> str:
    """Return a number of points without needless decimals: 2, 2.5."""
    return f"{number:g}"


def _holding(chapter: Chapter, findings: Mapping[str, Finding]) -> Sequence[Exercise]:
    return [
        exercise
        for exercise in checkable(chapter)
        if exercise.slug in findings and findings[exercise.slug].state == examine.HOLDS
    ]


def _sentences(course: Course, chapter: Chapter, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    upcoming = next_exercise(chapter, findings)
    if upcoming is None:
        first = "Every check of this chapter holds: well done. Save the notebook and hand it in."
    else:
        share = len(_holding(chapter, findings)) / len(checkable(chapter))
        first = f"{_encouragement(share)} Next: {upcoming.title} (`{upcoming.slug}`)."
    last = _after(course, chapter) if upcoming is None else ""
    return tuple(filter(None, (first, _written(chapter), last)))


def _encouragement(share: float) -> str:
    if share == 0:
        return "Everything is still ahead of you, and one exercise at a time is enough."
    return "You are on your way." if share < HALF else "More than half is done: keep going."


def _written(chapter: Chapter) -> str:
    titles = [exercise.title for exercise in chapter.exercises if not exercise.graded_by_suite]
    if not titles:
        return ""
    return f"Read by a person, so no check can tell whether you answered: {'; '.join(titles)}."


def _after(course: Course, chapter: Chapter) -> str:
    later = course.chapters[course.chapters.index(chapter) + 1 :]
    return f"After this: {later[0].title} (`{later[0].name}`)." if later else ""


def summary_text(summary: Summary) -> str:
    """Return the summary for a terminal."""
    width = max((len(plain(row.title)) for row in summary.rows), default=0)
    lines = [f"{plain(summary.title)}: {plain(summary.standing)}"]
    lines += [f"  {row.mark} {plain(row.title):<{width}}  {row.worth:>4}  {plain(row.state)}" for row in summary.rows]
    return "\n".join([*lines, *map(plain, summary.sentences)])
