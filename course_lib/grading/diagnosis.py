"""Hints that know the mistake: the wrong-answer bank as fingerprints.

Every call of a failing exercise is replayed against each wrong answer of the bank. Where a wrong answer gives what the
student's code gave, in every test, the student made that mistake.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from course_lib.catalog import Exercise
from course_lib.grading.bank import BankAnswer, read_bank
from course_lib.grading.code import tree_of
from course_lib.grading.errors import StudentError
from course_lib.grading.plugin import TestRecord
from course_lib.grading.portable import Reference, substitute
from course_lib.grading.sandbox.wire import WireError, encode
from course_lib.grading.session import Call, Session, shippable

RTOL, ATOL = 1e-6, 1e-12


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
    seconds = exercise.limits.call_seconds
    failing = {record.name for record in records if record.error is not None}
    ordered = sorted((r for r in records if r.calls), key=lambda record: (record.error is None, record.seconds))
    best: tuple[tuple[int, int], BankAnswer, set[str]] | None = None
    empty = all(call.error is None and call.result is None for record in ordered[:1] for call in record.calls)
    passed = {record.name for record in records if record.error is None}
    paths_of = cache(lambda number: _paths(ordered[number].calls))
    for answer in read_bank(exercise.wrong_answers):
        if passed.intersection(answer.caught_by):
            continue  # who makes this mistake fails that test
        if empty and not may_return_nothing(answer.code):
            continue  # it can never have given this, and finding out by running it may take a training
        memory = Memory(known, answer.code, seconds)
        agreed = _agreeing(ordered, failing, session_of(answer.code), memory, paths_of)
        rank = (len(agreed), -len(failing.symmetric_difference(answer.caught_by)))
        if agreed & failing and (best is None or rank > best[0]):
            best = (rank, answer, agreed & failing)
    return dict.fromkeys(best[2], (best[1].name, best[1].text)) if best else {}


def may_return_nothing(code: str) -> bool:
    """Tell whether some function in the code can end without a value, as far as its text shows."""
    nodes = list(ast.walk(tree_of(code)))
    bare = any(isinstance(node, ast.Return) and node.value is None for node in nodes)
    ends = [node.body[-1] for node in nodes if isinstance(node, ast.FunctionDef)]
    return bare or not all(isinstance(end, ast.Return | ast.Raise) for end in ends)


def _agreeing(
    records: Sequence[TestRecord],
    failing: set[str],
    session: Session,
    memory: Memory,
    paths_of: Callable[[int], list[bytes] | None],
) -> set[str]:
    agreed: set[str] = set()
    for number, record in enumerate(records):
        if replays(record.calls, session, memory, paths_of(number)):
            agreed.add(record.name)
        elif record.name in failing and not agreed:
            break  # the first failing test already tells them apart
    return agreed


class Memory:
    """What one wrong answer gave for calls that it has seen: proofs of a suite ask the same ones again and again.

    Only calls without references to kept objects are remembered; what those give depends on live objects.

    Args:
        known: results by answer and call, kept between diagnoses.
        answer: the wrong answer's code.
        seconds: what one call may take.

    """

    def __init__(self, known: dict[bytes, Any], answer: str, seconds: float):
        self._known = known
        self._answer = answer
        self.seconds = seconds

    def ask(self, session: Session, call: Call, path: bytes) -> Any:
        """Return a call's result or the StudentError that it raised, remembered or new."""
        key = self._key(path)
        if key not in self._known:
            self._known[key] = _ask(session, call, (call.target, call.args, call.kwargs), self.seconds)
        return self._known[key]

    def keep(self, calls: Sequence[Call]) -> None:
        """Remember what the wrong answer itself gave in a test, so that it is not asked a second time."""
        for call, path in zip(calls, _paths(calls) or (), strict=False):
            self._known[self._key(path)] = call.error or call.result

    def _key(self, path: bytes) -> bytes:
        return hashlib.sha256(path + self._answer.encode()).digest()


def replays(calls: Sequence[Call], session: Session, memory: Memory, paths: Sequence[bytes] | None) -> bool:
    """Tell whether a session answers every call as it was answered when the calls were recorded.

    Args:
        calls: as recorded.
        session: the code that is asked.
        memory: what it gave before.
        paths: the calls' fingerprints, or None where a call involves a kept object.

    """
    if paths is not None:
        return all(_agrees(c, memory.ask(session, c, path), {}) for c, path in zip(calls, paths, strict=True))
    known: dict[int, Reference] = {}
    session.forget()
    for call in calls:
        parts = tuple(
            substitute(part, lambda r: known.get(r.number, r)) for part in (call.target, call.args, call.kwargs)
        )
        if not _agrees(call, _ask(session, call, parts, memory.seconds), known):
            return False
    return True


def _ask(session: Session, call: Call, parts: tuple[Any, ...], seconds: float) -> Any:
    try:
        return session.ask(call.name, *parts, seed=call.seed, seconds=seconds)
    except StudentError as error:
        return error


def _agrees(call: Call, result: Any, known: dict[int, Reference]) -> bool:
    if isinstance(result, StudentError):
        wanted = call.error
        return wanted is not None and (result.outcome, result.types[:1]) == (wanted.outcome, wanted.types[:1])
    return call.error is None and same(call.result, result, known)


def _paths(calls: Sequence[Call]) -> list[bytes] | None:
    """Return a fingerprint of each call and those before it, or None where one involves a kept object."""
    digest, paths = hashlib.sha256(), []
    for call in calls:
        target = call.target if isinstance(call.target, str | Reference) else list(shippable(call.target).values())
        try:
            data = [bytes(part) for part in encode([call.name, target, call.args, call.kwargs, call.seed])]
        except WireError:
            return None
        if b'{"r":' in data[0] or b'{"r":' in bytes(encode(call.result)[0]):
            return None
        digest.update(b"".join(data))
        paths.append(digest.digest())
    return paths


def same(left: Any, right: Any, known: dict[int, Reference]) -> bool:  # noqa: PLR0911 - one return per kind
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
