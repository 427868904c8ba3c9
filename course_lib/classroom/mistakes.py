"""What goes wrong in a class: misconceptions that the judge knows, and tests that fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from course_lib.catalog import Chapter, Exercise
from course_lib.classroom.members import Work
from course_lib.classroom.statistics import tried


@dataclass(frozen=True)
class Mistake:
    """A known misconception, and who has it."""

    exercise: Exercise
    name: str
    hint: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class FailingTest:
    """A hidden test by its title; `failed` of `tried` students do not pass it, `stopped` of them ran out of time."""

    exercise: Exercise
    title: str
    failed: int
    tried: int
    stopped: int

    @property
    def share(self) -> float:
        """The share of those who tried."""
        return self.failed / self.tried


def mistakes(chapter: Chapter, works: Sequence[Work]) -> tuple[Mistake, ...]:
    """Return the known misconceptions that students have, the most frequent first."""
    students: dict[tuple[str, str], list[str]] = defaultdict(list)
    hints: dict[tuple[str, str], str] = {}
    for work in works:
        for slug, result in work.results.items():
            named = {test.misconception: test.hint or "" for test in result.tests if test.misconception}
            for name, hint in named.items():
                students[slug, name].append(work.student)
                hints[slug, name] = hint
    known = {exercise.slug: exercise for exercise in chapter.exercises}
    found = (
        Mistake(known[slug], name, hints[slug, name], tuple(who))
        for (slug, name), who in students.items()
        if slug in known
    )
    return tuple(sorted(found, key=lambda item: (-len(item.students), item.exercise.slug, item.name)))


def failing_tests(chapter: Chapter, works: Sequence[Work]) -> tuple[FailingTest, ...]:
    """Return the hidden tests that somebody fails, over those who tried the exercise, the worst first."""
    found = (test for exercise in chapter.exercises for test in _tests(exercise, works) if test.failed)
    return tuple(sorted(found, key=lambda test: (-test.share, -test.failed, test.title)))


def _tests(exercise: Exercise, works: Sequence[Work]) -> Iterator[FailingTest]:
    outcomes: Mapping[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for work in works:
        if tried(work, exercise.slug):
            for test in work.results[exercise.slug].tests:
                outcomes[test.name, test.title][test.outcome] += 1
    for (_, title), counts in outcomes.items():
        total = counts.total()
        yield FailingTest(exercise, title, total - counts["passed"], total, counts["timeout"])
