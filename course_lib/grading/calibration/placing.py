"""Where a floor goes: low enough for honest work, high enough for the wrong answers that it is there to catch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.grading.calibration.tails import Tail, false_fail, honest_tail

TARGET = 1e-4  # the chance of failing honest work stays below this
COMFORT = 1e-5  # and, where the wrong answers leave room, below this
CATCH = 0.95  # a wrong answer is caught in at least this share of verdicts
ROOM = 1 / 3  # of the way from the wrong answers up to the highest floor that honest work allows

Samples = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Placement:
    """A floor and what is known about it.

    Attributes:
        floor: a result at or above it holds.
        gray: a result below it fails at once; between the two, fresh runs decide. -inf: every result below the floor
            is run again.
        false_fail: upper bound on the chance that honest work fails.
        catch: by wrong answer, the estimated share of verdicts in which it fails.
        method: how the bound was found.
        numbers: what it was computed from.

    """

    floor: float
    gray: float
    false_fail: float
    catch: dict[str, float]
    method: str
    numbers: dict[str, float]


class NoFloorError(Exception):
    """No floor separates honest work from the wrong answers; the text says why and what to do.

    Args:
        said: the text.
        names: the wrong answers that honest work overlaps with.

    """

    def __init__(self, said: str, names: tuple[str, ...] = ()):
        super().__init__(said)
        self.names = names


def place(honest: Samples, caught: Samples, elsewhere: Samples | None = None, starts: int | None = None) -> Placement:
    """Place a floor and its gray line.

    The floor is the highest at which honest work fails with an estimated chance below `COMFORT`. Where a wrong answer
    reaches that, it is higher: a third of the way from the lowest floor that catches them all to the highest at which
    the chance is still below `TARGET`.

    Args:
        honest: results of the reference and the right answers, by name.
        caught: results of the wrong answers that the floor's test has to catch; -inf is a run without a result.
        elsewhere: results of those that other tests catch; they place nothing.
        starts: of how many independent starts the measure is the share, where it says so.

    Raises:
        NoFloorError: no floor does both.

    """
    tail = honest_tail(list(honest.values()), list(caught.values()), starts)
    lines, gray = tail.lines(), tail.gray()
    below = tail.below(lines)
    chance = false_fail(np.zeros(1) if math.isinf(gray) else tail.below(np.array([gray])), below)
    allowed = lines[(chance < TARGET) & (lines > gray)]
    if len(allowed) == 0:
        raise NoFloorError(_too_wide(tail, honest, lines, chance))
    floor = _choose(tail, allowed, float(lines[chance < COMFORT].max(initial=-math.inf)), gray, caught)
    rates = {name: _catch(tail, values, floor, gray) for name, values in {**caught, **(elsewhere or {})}.items()}
    numbers = {key: _digits(value) for key, value in tail.numbers.items()}
    return Placement(floor, gray, _digits(float(chance[lines == floor][0]), 2), rates, tail.words, numbers)


def _choose(tail: Tail, allowed: np.ndarray, comfortable: float, gray: float, caught: Samples) -> float:
    lowest = _lowest_that_catches(tail, allowed, gray, caught)
    wanted = max(comfortable, lowest + (float(allowed[-1]) - lowest) * ROOM)
    return float(allowed[allowed >= wanted - 1e-12][0])


def _lowest_that_catches(tail: Tail, allowed: np.ndarray, gray: float, caught: Samples) -> float:
    def catches(line: float) -> bool:
        return all(_catch(tail, values, line, gray) >= CATCH for values in caught.values())

    found = next((float(line) for line in allowed if catches(float(line))), None)
    if found is None:
        raise _overlap(tail, float(allowed[-1]), gray, caught)
    return found


def _catch(tail: Tail, values: Sequence[float], floor: float, gray: float) -> float:
    """Return the chance that a wrong answer fails: it passes at once, or is rerun and both fresh results pass."""
    passes = tail.at_least(values, floor)
    rerun = max(0.0, (1.0 if math.isinf(gray) else tail.at_least(values, gray)) - passes)
    return round(float(1 - passes - rerun * passes**2), 3)


def _overlap(tail: Tail, highest: float, gray: float, caught: Samples) -> NoFloorError:
    rates = {name: _catch(tail, values, highest, gray) for name, values in caught.items()}
    passing = {name: f"`{name}` passes in {1 - rate:.0%} of verdicts" for name, rate in rates.items() if rate < CATCH}
    said = (
        f"no floor separates honest work from wrong answers: even at {highest:g}, the highest floor that fails honest "
        f"work less than once in {1 / TARGET:.0f} times, {', '.join(passing.values())} (at most {1 - CATCH:.0%} may). "
        "Let the measure take more seeds at once, take one that the mistake lowers more, or have another test catch it "
        "and name that one after `Caught by:`."
    )
    return NoFloorError(said, tuple(passing))


def _too_wide(tail: Tail, honest: Samples, lines: np.ndarray, chance: np.ndarray) -> str:
    lowest = {name: min(values) for name, values in honest.items()}
    worst = min(lowest, key=lambda name: lowest[name])
    least = f"{chance.min():.1e} at {lines[int(chance.argmin())]:g}"
    known = ", ".join(f"{key} {value:.4g}" for key, value in tail.numbers.items())
    return (
        f"honest work varies too much for a floor: the estimated chance of failing it is {least}, but must be below "
        f"{TARGET:g} (lowest result {lowest[worst]:g}, by `{worst}`; {known}). Let the measure take more seeds at "
        "once, or measure more seeds with --seeds."
    )


def _digits(value: float, digits: int = 4) -> float:
    return float(f"{value:.{digits}g}")
