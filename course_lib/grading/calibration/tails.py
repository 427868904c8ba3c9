"""How low honest work can fall: upper bounds on the chance that a measure comes out below a line.

There are three kinds of measures. Each bound holds with a confidence of 95 %, so the few samples of
a calibration make the estimate careful, not lucky:

- **smooth** (an accuracy over many pictures, a loss): a Student t tail with at most five degrees of freedom, which is
  heavier than the normal one, at the lower bound of the mean and the upper bound of the deviation.
- **share** (of k random starts that succeed): binomial, at the upper Clopper–Pearson bound of the failure rate. With n
  successes out of n starts that bound is about 3/n. That starts are independent cannot be seen from values, so the
  measure says it: `my_share.starts = 6` below the function.
- **count** (any other measure that keeps taking the same values): the upper Clopper–Pearson bound of the share of
  results below the line. It assumes nothing, and takes about 430 results.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy  # its `stats`, two seconds to import, are loaded where they are first used

CONFIDENCE = 0.95
MOST_DEGREES = 5
LARGEST_TIE = 1 / 3
FEWEST = 8
ENOUGH = 60  # results of a wrong answer that speak for themselves
DIFFERS = 0.01
DEALS, TOGETHER = 4_000, 1e-3
STEPS = 20  # candidate lines per deviation
FARTHEST = 10  # deviations
GRAY_TAIL = 1e-7

Lines = np.ndarray  # (L,): ascending


class Tail(Protocol):
    """What the honest samples say about lines that a floor or a gray line may be."""

    @property
    def words(self) -> str:
        """How the bound was found, in a sentence."""

    @property
    def numbers(self) -> dict[str, float]:
        """What the bound was computed from."""

    def lines(self) -> Lines:
        """Return the lines that may be drawn, ascending."""

    def gray(self) -> float:
        """Return the line below which a result fails at once, since honest work practically never gets there."""

    def below(self, lines: Lines) -> np.ndarray:
        """Return for each line the upper bound on the chance that an honest result lies below it."""

    def at_least(self, values: Sequence[float], line: float) -> float:
        """Estimate, without a margin, the chance that a wrong answer with these results reaches a line."""


def false_fail(below_gray: np.ndarray, below_floor: np.ndarray) -> np.ndarray:
    """Return the chance that honest work fails, the gray band included.

    With a = P(X < gray) and b = P(X < floor) the first result fails at once with chance a, and is rerun with chance
    b − a; of two fresh results both must reach the floor, or the median of the three stays below it. The chance
    a + (b − a) (1 − (1 − b)²) grows with a and with b, so bounds on these give a bound on it.
    """
    chance: np.ndarray = below_gray + (below_floor - below_gray) * (1 - (1 - below_floor) ** 2)
    return chance


def honest_tail(honest: Sequence[Sequence[float]], wrong: Sequence[Sequence[float]], starts: int | None = None) -> Tail:
    """Choose the tail that fits a measure.

    Args:
        honest: results of the reference and of each right answer.
        wrong: results of the wrong answers to catch; lines are drawn between them and honest ones. Failures are -inf.
        starts: of how many independent starts the measure is the share, where it says so.

    """
    everything = np.concatenate([np.asarray(values, dtype=float) for values in (*honest, *wrong)])
    if starts is not None:
        failures = [[round((1 - value) * starts) for value in values] for values in honest]
        if not _clumped([count for group in failures for count in group], starts):
            return ShareTail(starts, pooled([(sum(group), len(group) * starts) for group in failures]))
    if all(is_smooth(values) for values in honest):
        return SmoothTail(tuple(_bounds(values) for values in honest), _step(honest))
    return CountTail(tuple(tuple(values) for values in honest), np.unique(everything[np.isfinite(everything)]))


def is_smooth(values: Sequence[float]) -> bool:
    """Tell whether a group's results vary so finely that hardly any value is repeated."""
    finite = [value for value in values if np.isfinite(value)]
    return len(finite) >= FEWEST and max(Counter(finite).values()) <= LARGEST_TIE * len(finite)


def upper_bound(failures: int, trials: int) -> float:
    """Return the Clopper–Pearson upper bound of a failure rate; 1 − 0.05^(1/n), about 3/n, where none failed."""
    return 1.0 if failures >= trials else float(scipy.stats.beta.ppf(CONFIDENCE, failures + 1, trials - failures))


def pooled(counts: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Pool (failures, trials) of the groups; a group that fails more than the others by Fisher's test stays alone."""
    alone = [own for position, own in enumerate(counts) if _worse(own, [*counts[:position], *counts[position + 1 :]])]
    rest = [own for own in counts if own not in alone]
    pool = [(sum(f for f, _ in rest), sum(n for _, n in rest))] if rest else []
    return (*pool, *alone)


def _worse(own: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    failed, trials = sum(f for f, _ in others), sum(n for _, n in others)
    table = [[own[0], own[1] - own[0]], [failed, trials - failed]]
    return trials > 0 and float(scipy.stats.fisher_exact(table, alternative="greater").pvalue) < DIFFERS


def _clumped(failures: Sequence[int], starts: int) -> bool:
    """Tell whether starts of one result fail together, so that they are fewer than they seem: a permutation test."""
    if max(failures) <= 1:
        return False
    dealt = np.random.default_rng(0).multivariate_hypergeometric([starts] * len(failures), sum(failures), DEALS)
    as_clumped = (dealt**2).sum(axis=1) >= (np.asarray(failures) ** 2).sum()
    return float(as_clumped.mean()) < TOGETHER


@dataclass(frozen=True)
class Bounds:
    """A smooth group: the lower bound of its mean, the upper bound of its deviation, its degrees of freedom."""

    mean: float
    deviation: float
    degrees: int


def _bounds(values: Sequence[float]) -> Bounds:
    n, mean, deviation = len(values), float(np.mean(values)), float(np.std(values, ddof=1))
    lower = mean - float(scipy.stats.t.ppf(CONFIDENCE, n - 1)) * deviation / n**0.5
    upper = deviation * float(((n - 1) / scipy.stats.chi2.ppf(1 - CONFIDENCE, n - 1)) ** 0.5)
    return Bounds(lower, upper, min(n - 1, MOST_DEGREES))


def _step(honest: Sequence[Sequence[float]]) -> float:
    """Return the power of ten that lines are multiples of: no finer than the samples can tell."""
    return float(10 ** np.floor(np.log10(max(np.std(values, ddof=1) for values in honest) / STEPS) + 1))


@dataclass(frozen=True)
class SmoothTail:
    """A smooth measure: the worst group's t tail."""

    groups: tuple[Bounds, ...]
    step: float

    @property
    def words(self) -> str:
        """How the bound was found."""
        return (
            f"smooth: a Student t tail with at most {MOST_DEGREES} degrees of freedom, at the lower 95 % bound of the "
            "mean and the upper 95 % bound of the standard deviation, of the worst honest group at each line"
        )

    @property
    def numbers(self) -> dict[str, float]:
        """The group that decides near the floor."""
        worst = min(self.groups, key=lambda group: group.mean - 3 * group.deviation)
        return {"mean_bound": worst.mean, "deviation_bound": worst.deviation, "degrees": worst.degrees}

    def lines(self) -> Lines:
        """Return multiples of the step from far below all honest results up to the lowest mean."""
        ends = [group.mean - FARTHEST * group.deviation for group in self.groups]
        first, last = np.floor(min(ends) / self.step), np.floor(min(g.mean for g in self.groups) / self.step)
        return np.round(np.arange(first, last + 1) * self.step, 12)

    def gray(self) -> float:
        """Return -inf: one training in a hundred may collapse, and a hundred samples need not show it."""
        return -math.inf

    def below(self, lines: Lines) -> np.ndarray:
        """Return the bound."""
        tails = [scipy.stats.t.cdf((lines - group.mean) / group.deviation, group.degrees) for group in self.groups]
        return np.asarray(np.max(tails, axis=0))

    def at_least(self, values: Sequence[float], line: float) -> float:
        """Take the larger of the share seen and, where few results vary smoothly too, a t tail."""
        seen = _share_at_least(values, line)
        finite = [value for value in values if np.isfinite(value)]
        if not is_smooth(values) or len(values) >= ENOUGH:
            return seen
        distance = (line - np.mean(finite)) / np.std(finite, ddof=1)
        tail = float(scipy.stats.t.sf(distance, min(len(finite) - 1, MOST_DEGREES)))
        return max(seen, tail * len(finite) / len(values))


@dataclass(frozen=True)
class ShareTail:
    """A share of independent starts: failures and trials of the honest groups, pooled where they agree."""

    starts: int
    counts: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """How the bound was found."""
        return (
            f"share of {self.starts} start{'s' * (self.starts > 1)}: a binomial tail at the upper 95 % Clopper–Pearson "
            "bound of the failure rate of honest starts, pooled over the groups that do not differ"
        )

    @property
    def numbers(self) -> dict[str, float]:
        """The pool that fails most."""
        worst = max(self.counts, key=lambda count: upper_bound(*count))
        return {"starts": self.starts, "failed": worst[0], "of": worst[1], "rate_bound": upper_bound(*worst)}

    def lines(self) -> Lines:
        """Return the middles between neighbouring shares."""
        return np.round((np.arange(self.starts) + 0.5) / self.starts, 4)

    def gray(self) -> float:
        """Return the highest line below which so many starts fail as independent ones practically never do."""
        lines = self.lines()
        far = lines[self.below(lines) <= GRAY_TAIL]
        return float(far[-1]) if len(far) else -math.inf

    def below(self, lines: Lines) -> np.ndarray:
        """Return the bound."""
        rate = max(upper_bound(*count) for count in self.counts)
        return np.asarray(scipy.stats.binom.cdf(np.ceil(lines * self.starts) - 1, self.starts, 1 - rate))

    def at_least(self, values: Sequence[float], line: float) -> float:
        """Take the larger of the share seen and, of few results, the binomial tail at the rate seen."""
        finite = [value for value in values if np.isfinite(value)]
        if not finite or len(values) >= ENOUGH:
            return _share_at_least(values, line)
        p = min(1.0, float(np.mean(finite)))
        tail = float(scipy.stats.binom.sf(np.ceil(line * self.starts) - 1, self.starts, p))
        return max(_share_at_least(values, line), tail * len(finite) / len(values))


@dataclass(frozen=True)
class CountTail:
    """A measure that keeps taking the same values, or whose starts fail together: only counting is left."""

    groups: tuple[tuple[float, ...], ...]
    values: np.ndarray

    @property
    def words(self) -> str:
        """How the bound was found."""
        return (
            "count: the upper 95 % Clopper–Pearson bound of the share of honest results below the floor, pooled over "
            "the groups that do not differ"
        )

    @property
    def numbers(self) -> dict[str, float]:
        """How many results there are, and how many lie below the usual one."""
        results = np.concatenate(self.groups)
        return {"results": len(results), "below_median": int((results < np.median(results)).sum())}

    def lines(self) -> Lines:
        """Return the middles between neighbouring values, and one below the lowest."""
        margin = float(np.ptp(self.values)) or max(abs(float(self.values[0])) * 0.01, 1e-6)
        values = np.array([self.values[0] - margin, *self.values])
        return np.array([float(f"{middle:.6g}") for middle in (values[:-1] + values[1:]) / 2])

    def gray(self) -> float:
        """Return -inf: counting says nothing about what was never seen."""
        return -math.inf

    def below(self, lines: Lines) -> np.ndarray:
        """Return the bound."""
        return np.array([self._bound(line) for line in lines])

    def _bound(self, line: float) -> float:
        counts = [(sum(value < line for value in group), len(group)) for group in self.groups]
        return max(upper_bound(*count) for count in pooled(counts))

    def at_least(self, values: Sequence[float], line: float) -> float:
        """Take the share seen."""
        return _share_at_least(values, line)


def _share_at_least(values: Sequence[float], line: float) -> float:
    return sum(value >= line for value in values) / len(values)
