"""Hints that know the mistake: the wrong-answer bank as fingerprints.

Every call of a failing exercise is replayed against each wrong answer of the bank. Where a wrong answer gives what the
student's code gave, in every test, the student made that mistake.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.catalog import Exercise
from course_lib.grading.errors import StudentError
from course_lib.grading.plugin import TestRecord
from course_lib.grading.portable import Reference, substitute
from course_lib.grading.session import Call, Session

CAUGHT = "Caught by:"
RTOL, ATOL = 1e-6, 1e-12


@dataclass(frozen=True)
class BankAnswer:
    """A right or wrong answer: code for the solution cell, and what its docstring says."""

    name: str
    code: str
    text: str
    caught_by: tuple[str, ...]


def read_bank(folder: Path) -> tuple[BankAnswer, ...]:
    """Read the answers of a bank's folder, by name."""
    return tuple(_read_answer(path) for path in sorted(folder.glob("*.py")) if path.name != "__init__.py")


def _read_answer(path: Path) -> BankAnswer:
    code = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(code)) or ""
    text, _, caught = docstring.partition(CAUGHT)
    names = tuple(name.strip(" `.") for name in caught.replace("\n", " ").split(",") if name.strip())
    return BankAnswer(path.stem, code, " ".join(text.split()), names)


def diagnose(
    exercise: Exercise, records: Sequence[TestRecord], session_of: Callable[[str], Session], seconds: float
) -> dict[str, tuple[str, str]]:
    """Find the wrong answer that explains a failing exercise.

    Args:
        exercise: the exercise.
        records: its tests, with their calls.
        session_of: gives a session of the reference with the solution cell replaced by the code given.
        seconds: what one call may take.

    Returns:
        By failing test: name and hint of the misconception, where one agrees on every test with a call.

    """
    failing = {record.name for record in records if record.error is not None}
    ordered = sorted((r for r in records if r.calls), key=lambda record: record.error is None)
    best: tuple[tuple[int, int], BankAnswer, set[str]] | None = None
    for answer in read_bank(exercise.wrong_answers):
        agreed = _agreeing(ordered, failing, session_of(answer.code), seconds)
        rank = (len(agreed), -len(failing.symmetric_difference(answer.caught_by)))
        if agreed & failing and (best is None or rank > best[0]):
            best = (rank, answer, agreed & failing)
    return {name: (best[1].name, best[1].text) for name in best[2]} if best else {}


def _agreeing(records: Sequence[TestRecord], failing: set[str], session: Session, seconds: float) -> set[str]:
    agreed: set[str] = set()
    for record in records:
        if replays(record.calls, session, seconds):
            agreed.add(record.name)
        elif record.name in failing and not agreed:
            break  # the first failing test already tells them apart
    return agreed


def replays(calls: Sequence[Call], session: Session, seconds: float) -> bool:
    """Tell whether a session answers every call as it was answered when the calls were recorded."""
    known: dict[int, Reference] = {}
    session.forget()
    for call in calls:
        target, args, kwargs = (substitute(part, lambda r: known.get(r.number, r)) for part in _parts(call))
        try:
            result = session.ask(call.name, target, args, kwargs, call.seed, seconds)
        except StudentError as error:
            if call.error is None or error.outcome != call.error.outcome or error.types[:1] != call.error.types[:1]:
                return False
        else:
            if call.error is not None or not same(call.result, result, known):
                return False
    return True


def _parts(call: Call) -> tuple[Any, Any, Any]:
    return call.target, call.args, call.kwargs


def same(left: Any, right: Any, known: dict[int, Reference]) -> bool:
    """Compare two results as data; references correspond by position, and `known` learns which to which."""
    if type(left) is not type(right):
        return False
    if isinstance(left, Reference):
        known[left.number] = right
        return True
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key], known) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(same(a, b, known) for a, b in zip(left, right, strict=True))
    if isinstance(left, float):
        return bool(np.isclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True))
    if left is None or isinstance(left, bool | int | str):
        return bool(left == right)
    return _same_arrays(np.asarray(left), np.asarray(right))


def _same_arrays(left: np.ndarray, right: np.ndarray) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    with np.errstate(all="ignore"):
        return bool(np.allclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True))
