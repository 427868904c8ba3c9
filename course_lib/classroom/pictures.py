"""Where the shapes of the page's pictures lie; the template draws them, in the colours of the reader's theme."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_lib.classroom.statistics import ExerciseFigures, histogram

LARGE_CLASS = 40  # students; from here on, bars of 5 % instead of 10 %


@dataclass(frozen=True)
class Bar:
    """A bar of a histogram: place and size in units of the picture, how many students, and their scores in words."""

    x: float
    y: float
    width: float
    height: float
    count: int
    words: str


def score_bars(shares: Sequence[float], width: float, height: float) -> tuple[Bar, ...]:
    """Return the bars of the distribution of scores.

    Args:
        shares: of points, 0 to 1.
        width: of the picture.
        height: of the highest bar.

    """
    counts = histogram(shares, 20 if len(shares) >= LARGE_CLASS else 10)
    step, top = width / len(counts), max(*counts, 1)
    size = 100 // len(counts)
    return tuple(
        Bar(
            n * step + 1,
            height * (1 - count / top),
            step - 2,
            height * count / top,
            count,
            f"{n * size} to {(n + 1) * size} %",
        )
        for n, count in enumerate(counts)
    )


@dataclass(frozen=True)
class Segment:
    """A part of a bar from 0 to 100: which kind of outcome, and how many students."""

    kind: str
    x: float
    width: float
    count: int


def segments(figures: ExerciseFigures) -> tuple[Segment, ...]:
    """Return what an exercise's students reached, as parts of a bar of length 100."""
    return tuple(_segments(figures))


def _segments(figures: ExerciseFigures) -> Iterator[Segment]:
    x = 0.0
    for kind in ("full", "part", "none", "left_out", "undecided"):
        count = getattr(figures, kind)
        width = 100 * count / max(figures.students, 1)
        if count:
            yield Segment(kind, x, width, count)
        x += width


@dataclass(frozen=True)
class Dot:
    """An exercise on the map of difficulty and discrimination, by its number in the chapter."""

    number: int
    x: float
    y: float
    title: str


LOWEST = -0.25  # discrimination at the bottom of the map


def exercise_dots(figures: Sequence[ExerciseFigures], width: float, height: float) -> tuple[Dot, ...]:
    """Return the map's dots: to the right what is easy, at the top what separates. Those that overlap move apart."""
    dots: list[Dot] = []
    for number, item in enumerate(figures, start=1):
        if item.facility is not None and item.discrimination is not None:
            x, y = min(item.facility, 1.0) * width, discrimination_y(item.discrimination, height)
            dots.append(Dot(number, *_free(x, y, dots, width), item.exercise.title))
    return tuple(dots)


def discrimination_y(value: float, height: float) -> float:
    """Return where a discrimination lies in a picture of that height."""
    return height * (1 - (max(value, LOWEST) - LOWEST) / (1 - LOWEST))


def _free(x: float, y: float, dots: Sequence[Dot], width: float) -> tuple[float, float]:
    """Return the nearest place to the left or the right that no dot covers."""
    for step in range(40):
        for side in (1, -1):
            place = x + side * step * 5
            if 0 <= place <= width and all(math.hypot(dot.x - place, dot.y - y) > 17 for dot in dots):  # noqa: PLR2004 - diameter
                return place, y
    return x, y


@dataclass(frozen=True)
class Scale:
    """A logarithmic axis of seconds: where each value lies, and the decades' marks with their words."""

    places: tuple[float, ...]
    marks: tuple[tuple[float, str], ...]


def seconds_scale(seconds: Sequence[float], width: float) -> Scale:
    """Place times on an axis of that width; less than a millisecond counts as one."""
    logs = [math.log10(max(value, 0.001)) for value in seconds]
    low, high = math.floor(min(logs)), max(math.ceil(max(logs)), math.floor(min(logs)) + 1)
    unit = width / (high - low)
    marks = tuple(((power - low) * unit, in_words(10.0**power)) for power in range(low, high + 1))
    return Scale(tuple((value - low) * unit for value in logs), marks)


def in_words(seconds: float) -> str:
    """Return a time as people read it."""
    if seconds >= 60:  # noqa: PLR2004 - a minute
        return f"{seconds / 60:.3g} min"
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"
