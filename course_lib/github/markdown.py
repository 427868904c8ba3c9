"""Verdicts as GitHub's Markdown. Every text is escaped on its way into the template, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from course_lib.catalog import Course, Exercise
from course_lib.github.escaping import Ready, escaped
from course_lib.github.plan import Earlier, Target, Work
from course_lib.github.sticky import MARK, remember
from course_lib.github.verdicts import GRADED, GRADER_FAILED, Verdict
from course_lib.grading.report import ExerciseResult, TestResult

MAX_HINTS = 3
MAX_COMMENT = 60_000  # characters; GitHub takes 65 536
OUTCOMES = {  # where the test itself has nothing to say
    "failed": "This does not hold yet.",
    "error": "Your code raised an exception.",
    "timeout": "It was stopped, because it took too long.",
    "memory": "It was stopped, because it took too much memory.",
    "blocked": "It was stopped, because it asked for what is not allowed here.",
}


@dataclass(frozen=True)
class Row:
    """One exercise in the table."""

    exercise: Exercise
    result: ExerciseResult
    cell: int | None
    change: float | None

    @property
    def failing(self) -> tuple[TestResult, ...]:
        """The tests that do not hold."""
        return tuple(test for test in self.result.tests if not test.passed)

    @property
    def reasons(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Why tests do not hold: each message once, with title and hint of the tests that say so."""
        left = MAX_HINTS - len(self.known)
        found: dict[str, list[tuple[str, str]]] = {}
        for test in self.failing:
            hint = (test.hint or "") if test.misconception is None and left > 0 else ""
            left -= bool(hint)
            found.setdefault(test.message or OUTCOMES[test.outcome], []).append((test.title, hint))
        return list(found.items())

    @property
    def known(self) -> tuple[str, ...]:
        """What is known about the mistakes that were made, each once."""
        return tuple(dict.fromkeys(test.hint for test in self.failing if test.misconception and test.hint))[:MAX_HINTS]

    @property
    def is_aside(self) -> bool:
        """Whether what holds gives no points yet, because an answer that does nothing could pass it."""
        return bool(self.passed and self.failing) and self.result.points == 0

    @property
    def passed(self) -> tuple[TestResult, ...]:
        """The tests that hold."""
        return tuple(test for test in self.result.tests if test.passed)

    @property
    def points(self) -> Ready:
        """Points of how many."""
        decided = "–" if self.result.points is None else f"{self.result.points:g}"
        return Ready(f"{decided} / {self.result.max_points:g}")

    @property
    def words(self) -> str:
        """Where the exercise stands."""
        states = {
            "needs_review": "waits for a person",
            "not_attempted": "not written yet",
            "grader_error": "the grader failed; this is not your mistake",
        }
        holds = f"{len(self.passed)} of {len(self.result.tests)} hold"
        return states.get(self.result.state) or f"{'✗' if self.failing else '✓'} {holds}"


@dataclass(frozen=True)
class Part:
    """One chapter in the comment."""

    title: str
    verdict: Verdict
    rows: tuple[Row, ...]
    earlier: Earlier | None

    @property
    def ours(self) -> bool:
        """Whether all of it, or some exercise of it, is our failure."""
        return self.verdict.state == GRADER_FAILED or any(row.result.state == "grader_error" for row in self.rows)

    @property
    def change(self) -> float | None:
        """Points since the last push; None for the first time."""
        report = self.verdict.report
        return None if report is None or self.earlier is None else round(report.score - self.earlier.score, 2)

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Written answers that a person has to read."""
        return tuple(row for row in self.rows if row.result.state == "needs_review")

    @property
    def counts_cells(self) -> bool:
        """Whether cells are named by their number."""
        return any(row.cell and row.failing for row in self.rows)

    @property
    def passed(self) -> int:
        """How many tests hold."""
        return sum(len(row.passed) for row in self.rows)


def comment(course: Course, target: Target, pairs: Sequence[tuple[Work, Verdict]]) -> str:
    """Return the body of the comment: mark, verdicts, and what to remember until the next push."""
    memory = new_memory(target, pairs)
    tail = f"\n\n{remember(memory)}\n"
    for details in (True, False):
        body = render(course, target, pairs, details=details)
        if len(body) + len(tail) <= MAX_COMMENT:
            break
    else:
        body = body[: MAX_COMMENT - len(tail) - 100].rpartition("\n")[0] + "\n\nThe rest is too long to show."
    return f"{MARK}\n{body}{tail}"


def render(course: Course, target: Target, pairs: Sequence[tuple[Work, Verdict]], *, details: bool = True) -> str:
    """Return the verdicts on one pull request as Markdown."""
    graded = {work.chapter for work, _ in pairs}
    kept = [
        (chapter.title, target.earlier[chapter.name])
        for chapter in course.chapters
        if chapter.name in target.earlier and chapter.name not in graded
    ]
    parts = [_part(course, target, verdict) for _, verdict in pairs]
    sandboxes = sorted({verdict.report.sandbox for _, verdict in pairs if verdict.report})
    text = _template().render(target=target, parts=parts, kept=kept, details=details, sandboxes=", ".join(sandboxes))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def new_memory(target: Target, pairs: Sequence[tuple[Work, Verdict]]) -> dict[str, Earlier]:
    """Return what the comment is to remember: the new verdicts, and the old ones where there is no new one."""
    memory = dict(target.earlier)
    for work, verdict in pairs:
        report = verdict.report
        if report is not None and all(result.state != "grader_error" for result in report.exercises):
            points = {result.exercise: result.points for result in report.exercises}
            memory[work.chapter] = Earlier(work.blob, work.suite, report.score, report.max_score, points)
    return memory


def _part(course: Course, target: Target, verdict: Verdict) -> Part:
    chapter = course.chapter(verdict.chapter)
    earlier = target.earlier.get(chapter.name)
    results = verdict.report.exercises if verdict.state == GRADED and verdict.report else ()
    rows = tuple(
        Row(
            chapter.exercise(result.exercise),
            result,
            verdict.cells.get(result.exercise),
            _change(result, earlier),
        )
        for result in results
    )
    return Part(chapter.title, verdict, rows, earlier)


def _change(result: ExerciseResult, earlier: Earlier | None) -> float | None:
    before = earlier.points.get(result.exercise) if earlier else None
    return None if before is None or result.points is None else round(result.points - before, 2)


def _signed(change: float | None) -> Ready:
    return Ready("" if not change else f"{change:+g}".replace("-", "−"))


def _template() -> Any:
    environment = Environment(  # noqa: S701 - no HTML page: `finalize` escapes every value for Markdown
        loader=PackageLoader("course_lib.github"),
        undefined=StrictUndefined,
        finalize=escaped,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["signed"] = _signed
    return environment.get_template("comment.md.j2")
