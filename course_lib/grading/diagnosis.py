"""Hints that know the mistake: the wrong-answer bank as fingerprints.

Every call of a failing exercise is replayed against each wrong answer of the bank. Where a wrong answer gives what the
student's code gave, in every test, the student made that mistake.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from course_lib.catalog import Exercise
from course_lib.grading.bank import BankAnswer, read_bank
from course_lib.grading.code import tree_of
from course_lib.grading.plugin import TestRecord
from course_lib.grading.recording import paths_of
from course_lib.grading.replay import Memory, replays
from course_lib.grading.session import Session

PATIENCE = 10.0  # seconds: of an exercise whose calls may take longer, the bank is compared only once


def diagnose(
    exercise: Exercise,
    records: Sequence[TestRecord],
    session_of: Callable[[str], Session],
    known: dict[bytes, Any],
) -> dict[str, tuple[str, str]]:
    """Find the wrong answer that explains a failing exercise.

    Args:
        exercise: the exercise.
        records: its tests, with their calls.
        session_of: gives a session of the reference with the solution cell replaced by the code given.
        known: what wrong answers gave before; diagnoses add to it.

    Returns:
        By failing test: name and hint of the misconception, where one agrees on every test with a call.

    """
    bank = _Bank(exercise, records, session_of, known)
    best = bank.best(bank.failing) or (None if _trains(exercise) else bank.best())
    return dict.fromkeys(best.explained, (best.answer.name, best.answer.text)) if best else {}


def _trains(exercise: Exercise) -> bool:
    return exercise.limits.call_seconds > PATIENCE


@dataclass(frozen=True)
class _Match:
    """A wrong answer, the tests in which it gives what the student's code gave, and those of them that failed."""

    answer: BankAnswer
    agreed: frozenset[str]
    explained: frozenset[str]
    failing: frozenset[str]

    @property
    def rank(self) -> tuple[int, int]:
        """More tests alike are better, then fewer tests that only one of the two fails."""
        return len(self.agreed), -len(self.failing.symmetric_difference(self.answer.caught_by))


class _Bank:
    """An exercise's wrong answers, compared with what happened in its tests.

    Which one is named does not depend on how long anything took: only the order of work does.
    """

    def __init__(
        self,
        exercise: Exercise,
        records: Sequence[TestRecord],
        session_of: Callable[[str], Session],
        known: dict[bytes, Any],
    ):
        self._session_of = session_of
        self._memory = partial(Memory, known, seconds=exercise.limits.call_seconds)
        self._records = sorted((record for record in records if record.calls), key=lambda record: record.seconds)
        self._paths_of = cache(lambda number: paths_of(self._records[number].calls))
        self.failing = frozenset(record.name for record in records if record.error is not None)
        self._passed = frozenset(record.name for record in records if record.error is None)
        calls = [call for record in self._records if record.error is not None for call in record.calls]
        self._empty = all(call.error is None and call.result is None for call in calls)
        self._answers = [answer for answer in read_bank(exercise.wrong_answers) if self._may_be(answer)]

    def _may_be(self, answer: BankAnswer) -> bool:
        """Tell without running it whether a wrong answer can have given this."""
        if self._passed.intersection(answer.caught_by):
            return False  # who makes this mistake fails that test
        return not self._empty or may_return_nothing(answer.code)

    def best(self, demanded: frozenset[str] | None = None) -> _Match | None:
        """Return the wrong answer that is most like the student's.

        Args:
            demanded: the tests in which the two must agree; None takes those that are meant for the wrong answer.

        """
        found = [self._match(answer, demanded or frozenset(answer.caught_by)) for answer in self._answers]
        return max((match for match in found if match.explained), key=lambda match: match.rank, default=None)

    def _match(self, answer: BankAnswer, demanded: frozenset[str]) -> _Match:
        session, memory, agreed = self._session_of(answer.code), self._memory(answer.code), set[str]()
        for number, record in sorted(enumerate(self._records), key=lambda item: item[1].name not in demanded):
            if replays(record.calls, session, memory, self._paths_of(number)):
                agreed.add(record.name)
            elif record.name in demanded:
                agreed.clear()
                break
        return _Match(answer, frozenset(agreed), self.failing & agreed, self.failing)


def may_return_nothing(code: str) -> bool:
    """Tell whether some function in the code can end without a value, as far as its text shows."""
    nodes = list(ast.walk(tree_of(code)))
    bare = any(isinstance(node, ast.Return) and node.value is None for node in nodes)
    ends = [node.body[-1] for node in nodes if isinstance(node, ast.FunctionDef)]
    return bare or not all(isinstance(end, ast.Return | ast.Raise) for end in ends)
