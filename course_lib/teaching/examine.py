"""Running the visible checks of one exercise, and what they found."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy.random  # here, so that the first check need not wait for it

from course_lib.catalog import Exercise
from course_lib.grading.errors import StudentError
from course_lib.grading.report import TestResult, describe_docstring
from course_lib.grading.safe_text import one_line
from course_lib.grading.visible import Check, run_check
from course_lib.teaching.figures import figures_closed
from course_lib.teaching.place import find_place, name_and_text, tell, tell_place, undefined_name

# Statuses of a check.
PASSED, FAILED, WAITING, UNDEFINED, INTERRUPTED = "passed", "failed", "waiting", "undefined", "interrupted"
# States of an exercise, beside `UNDEFINED` and `INTERRUPTED`.
HOLDS, FAILS, NOT_ATTEMPTED, UNCHECKED, WRITTEN = "holds", "fails", "not_attempted", "unchecked", "written"

RUN_THE_CELL = "run the cell above first."


@dataclass(frozen=True)
class Outcome:
    """What one check found.

    Attributes:
        test: the result, in the words of the report.
        status: `passed` or `failed`; `waiting` where it met a stub and `undefined` where the function is not there, so
            that nothing is right or wrong yet; `interrupted` where the student ended it.
        missing: the function that is not defined, or not written.

    """

    test: TestResult
    status: str
    missing: str = ""


@dataclass(frozen=True)
class Finding:
    """What the visible checks found about one exercise.

    Attributes:
        exercise: the exercise.
        outcomes: one per check that ran, in order.

    """

    exercise: Exercise
    outcomes: tuple[Outcome, ...] = ()

    @property
    def passed(self) -> int:
        """How many checks hold."""
        return sum(outcome.status == PASSED for outcome in self.outcomes)

    @property
    def missing(self) -> tuple[str, ...]:
        """The functions that are not there yet."""
        return tuple(dict.fromkeys(outcome.missing for outcome in self.outcomes if outcome.missing))

    @property
    def state(self) -> str:
        """Where the exercise stands."""
        statuses = {outcome.status for outcome in self.outcomes}
        if not statuses:
            return UNCHECKED if self.exercise.graded_by_suite else WRITTEN
        if INTERRUPTED in statuses:
            return INTERRUPTED
        if statuses & {PASSED, FAILED}:
            return HOLDS if statuses == {PASSED} else FAILS
        return UNDEFINED if UNDEFINED in statuses else NOT_ATTEMPTED

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain JSON data. It holds no points: visible checks give none."""
        return {
            "exercise": self.exercise.slug,
            "title": self.exercise.title,
            "kind": self.exercise.kind,
            "worth": self.exercise.points,
            "state": self.state,
            "tests": [asdict(outcome.test) for outcome in self.outcomes],
        }


def examine(
    exercise: Exercise, checks: Iterable[Check], objects: dict[str, Any], remedy: str = RUN_THE_CELL
) -> Finding:
    """Run the visible checks of one exercise on a notebook's variables, until one is interrupted.

    Args:
        exercise: the exercise.
        checks: its visible checks.
        objects: the notebook's global variables.
        remedy: what to do about a function that is not defined.

    """
    outcomes = []
    for check in checks:
        outcomes.append(examine_one(check, objects, remedy))
        if outcomes[-1].status == INTERRUPTED:
            break
    return Finding(exercise, tuple(outcomes))


def examine_one(check: Check, objects: dict[str, Any], remedy: str = RUN_THE_CELL) -> Outcome:
    """Run one visible check on a notebook's variables.

    Nothing that student code does comes out of here as an exception, nor does an interrupt. Global random states and
    open figures are afterwards as before.

    Args:
        check: the check.
        objects: the notebook's global variables.
        remedy: what to do about a function that is not defined.

    """
    teller = _Teller(objects, remedy)
    with _random_states_kept(), figures_closed():
        try:
            result = run_check(check, objects, tell=teller.tell)
        except KeyboardInterrupt as interrupt:
            return Outcome(_result(check, "timeout", _tell_interrupt(interrupt, objects)), INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - what came back may break a check in any way
            said = f"The check cannot work with what your function returned: {name_and_text(error)}"
            result = _result(check, "failed", said)
    return Outcome(result, PASSED if result.passed else teller.status, teller.missing)


class _Teller:
    """Finds the words for an exception of the student's code, and remembers when it means "not there yet"."""

    def __init__(self, objects: Mapping[str, Any], remedy: str) -> None:
        self._objects = objects
        self._remedy = remedy
        self.status = FAILED
        self.missing = ""

    def tell(self, error: StudentError) -> str:
        """Return the sentence for the student."""
        undefined = undefined_name(error, self._objects)
        if undefined:
            self.status, self.missing = UNDEFINED, undefined
            return f"{are_not('defined', [undefined])}: {self._remedy}"
        if error.is_a("NotImplementedError"):
            place = find_place(error, self._objects)
            self.status, self.missing = WAITING, one_line(place.function) if place else "the function"
            return f"{are_not('written', [self.missing])}."
        return tell(error, self._objects)


def are_not(what: str, names: Sequence[str]) -> str:
    """Return "`a` is not written yet", "`a` and `b` are not written yet"."""
    quoted = [f"`{name}`" for name in names]
    listed = " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    return f"{listed} {'is' if len(names) == 1 else 'are'} not {what} yet"


def _tell_interrupt(interrupt: KeyboardInterrupt, objects: Mapping[str, Any]) -> str:
    place = find_place(interrupt, objects)
    at = f"\nIt was at {tell_place(place)}" if place else ""
    return f"You interrupted it. Is there a loop that never ends?{at}"


def _result(check: Check, outcome: str, message: str) -> TestResult:
    title, hint = describe_docstring(check)
    return TestResult(check.__name__, title, outcome, message, hint if outcome == "failed" else None)


@contextmanager
def _random_states_kept() -> Iterator[None]:
    """Checks reseed the global random states; put the notebook's own back."""
    torch = sys.modules.get("torch")
    saved: list[tuple[Callable[[Any], Any], Any]] = [
        (random.setstate, random.getstate()),
        (numpy.random.set_state, numpy.random.get_state()),  # noqa: NPY002 - the global state is what has to be kept
    ]
    if torch is not None:
        saved.append((torch.set_rng_state, torch.get_rng_state()))
    try:
        yield
    finally:
        for restore, state in saved:
            restore(state)
