"""What numbers say about a class and its exercises."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from course_lib.catalog import Chapter, Exercise
from course_lib.classroom.members import Work

ENOUGH = 10  # students; a correlation over fewer says nothing
UNDECIDED = 0.2  # share of answers that wait for a person, from which on those that are left out would decide the mean


@dataclass(frozen=True)
class ExerciseFigures:
    """How one exercise went.

    Attributes:
        exercise: which one.
        full: students with all of its points.
        part: students with some of them.
        none: students who tried and have none.
        left_out: students who handed the stub in.
        undecided: students whose answer a person has to read, or on which the grader failed.
        facility: mean share of its points, over all whose points are decided; None while too many are not.
        discrimination: item-rest correlation; None where it is not defined, and while too many are not decided.
        seconds: median time of its tests, over those who tried.

    """

    exercise: Exercise
    full: int
    part: int
    none: int
    left_out: int
    undecided: int
    facility: float | None
    discrimination: float | None
    seconds: float

    @property
    def students(self) -> int:
        """How many handed in."""
        return self.full + self.part + self.none + self.left_out + self.undecided


def score_share(work: Work, chapter: Chapter) -> float | None:
    """Return the share of points that a student reached, of those that are decided; None where nothing is."""
    maximum = math.fsum(exercise.points for exercise in chapter.exercises if exercise.slug in work.points)
    return math.fsum(_of(chapter, work)) / maximum if maximum else None


def _of(chapter: Chapter, work: Work) -> Iterator[float]:
    return (work.points[slug] for slug in chapter.slugs if slug in work.points)


def histogram(shares: Iterable[float], bins: int) -> tuple[int, ...]:
    """Count shares (0 to 1) in equal bins; 1, and what extra credit puts above it, belongs to the last."""
    counts = Counter(max(0, min(int(share * bins + 1e-9), bins - 1)) for share in shares)
    return tuple(counts[number] for number in range(bins))


def exercise_figures(exercise: Exercise, chapter: Chapter, works: Sequence[Work]) -> ExerciseFigures:
    """Say how an exercise went.

    Args:
        exercise: which one.
        chapter: the others, for the discrimination.
        works: the class's.

    """
    kinds = Counter(_kind(exercise, work) for work in works)
    decided = kinds["undecided"] <= UNDECIDED * len(works)
    shares = [work.points[exercise.slug] / exercise.points for work in works if exercise.slug in work.points]
    seconds = [_seconds(work, exercise.slug) for work in works if tried(work, exercise.slug)]
    return ExerciseFigures(
        exercise,
        full=kinds["full"],
        part=kinds["part"],
        none=kinds["none"],
        left_out=kinds["left_out"],
        undecided=kinds["undecided"],
        facility=statistics.fmean(shares) if shares and decided else None,
        discrimination=item_rest(exercise, chapter, works) if decided else None,
        seconds=statistics.median(seconds) if seconds else 0.0,
    )


def _kind(exercise: Exercise, work: Work) -> str:
    points, result = work.points.get(exercise.slug), work.results.get(exercise.slug)
    if points is None or result is None:
        return "undecided"
    if points <= 0 and result.state == "not_attempted":
        return "left_out"
    return "full" if points >= exercise.points else "part" if points > 0 else "none"


def item_rest(exercise: Exercise, chapter: Chapter, works: Sequence[Work]) -> float | None:
    """Return the correlation of an exercise's points with the share of the other exercises' points.

    Pearson's coefficient; the exercise itself is taken out of the sum, because it would correlate with itself (Nunnally
    and Bernstein, *Psychometric Theory*, 1994, §8). None for fewer than `ENOUGH` students, or where all have the same.
    """
    pairs = []
    for work in works:
        others = [item for item in chapter.exercises if item.slug in work.points and item.slug != exercise.slug]
        if exercise.slug in work.points and others:
            rest = math.fsum(work.points[item.slug] for item in others) / math.fsum(item.points for item in others)
            pairs.append((work.points[exercise.slug], rest))
    try:
        return statistics.correlation(*zip(*pairs, strict=True)) if len(pairs) >= ENOUGH else None
    except statistics.StatisticsError:
        return None


def tried(work: Work, slug: str) -> bool:
    """Tell whether a suite judged an answer of a student's."""
    return slug in work.results and bool(work.results[slug].tests) and work.results[slug].state == "graded"


def _seconds(work: Work, slug: str) -> float:
    return math.fsum(test.seconds for test in work.results[slug].tests)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile; of one value, three times that."""
    if len(values) == 1:
        return (values[0],) * 3
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high
