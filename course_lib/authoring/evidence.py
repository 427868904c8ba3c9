"""The rules that a proven suite obeys, and the sentences for those that it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_lib.authoring.variants import Variant
from course_lib.catalog import Exercise
from course_lib.grading.suites import declared_tests

LEAST = {"right": 2, "wrong": 3}


@dataclass(frozen=True)
class Outcome:
    """How a variant did: its points, the tests that it failed, and the misconceptions that were named."""

    variant: Variant
    state: str
    points: float
    failed: frozenset[str]
    named: frozenset[str]
    seconds: float


@dataclass(frozen=True)
class Evidence:
    """What is known of one exercise's suite."""

    exercise: Exercise
    outcomes: tuple[Outcome, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that the suite declares."""
        return declared_tests(self.exercise.suite)

    def of(self, kind: str) -> tuple[Outcome, ...]:
        """Return the outcomes of one kind of variant."""
        return tuple(item for item in self.outcomes if item.variant.kind == kind)

    def full(self, outcome: Outcome) -> bool:
        """Tell whether a variant got full marks."""
        return outcome.state == "graded" and outcome.points == self.exercise.points

    @property
    def caught(self) -> tuple[Outcome, ...]:
        """Wrong answers that lose marks in every test that they name."""
        return tuple(
            item for item in self.of("wrong") if item.failed.issuperset(item.variant.caught_by) and item.failed
        )

    @property
    def diagnosed(self) -> tuple[Outcome, ...]:
        """Wrong answers that are named as themselves and as nothing else."""
        return tuple(item for item in self.of("wrong") if item.named == {item.variant.name})

    def problems(self) -> list[str]:
        """Return a sentence for each rule that is broken; none for a proven suite."""
        return [f"{self.exercise.ref}: {sentence}" for sentence in (*self._counts(), *self._answers(), *self._tests())]

    def _counts(self) -> Iterator[str]:
        for kind, least in LEAST.items():
            if (have := len(self.of(kind))) < least:
                yield f"{have} {kind} answers in the bank; write at least {least}"

    def _answers(self) -> Iterator[str]:
        for outcome in (*self.of("reference"), *self.of("right")):
            if not self.full(outcome):
                yield f"{outcome.variant.kind} answer {outcome.variant.name} loses marks in {_list(outcome.failed)}"
        for outcome in self.of("wrong"):
            yield from self._wrong(outcome)
        for outcome in self.of("lazy"):
            if outcome.points > 0:
                passed = set(self.tests) - outcome.failed
                yield (
                    f"lazy answer {outcome.variant.name} gains {outcome.points:g} points in {_list(passed)}; "
                    "demand a value there, or mark the test as supporting"
                )

    def _wrong(self, outcome: Outcome) -> Iterator[str]:
        name, named = outcome.variant.name, outcome.variant.caught_by
        if not named:
            yield f"wrong answer {name} does not end with `Caught by: test_…`"
        unknown = set(named) - set(self.tests)
        if unknown:
            yield f"wrong answer {name} names tests that do not exist: {_list(unknown)}"
        missed = set(named) - outcome.failed - unknown
        if missed or not outcome.failed:
            yield f"wrong answer {name} is not caught by {_list(missed or set(self.tests))}"

    def _tests(self) -> Iterator[str]:
        failed = frozenset().union(*(outcome.failed for outcome in self.of("wrong")))
        for test in self.tests:
            if test not in failed:
                yield f"{test} is failed by no wrong answer; write the wrong answer that it is there for"


def misdiagnosed(evidence: Sequence[Evidence]) -> list[str]:
    """Return a sentence for each wrong answer that is not named as itself."""
    return [
        f"{item.exercise.ref}: wrong answer {outcome.variant.name} is diagnosed as {_list(outcome.named) or 'nothing'}"
        for item in evidence
        for outcome in item.of("wrong")
        if outcome.named != {outcome.variant.name}
    ]


def _list(names: Sequence[str] | frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names))
