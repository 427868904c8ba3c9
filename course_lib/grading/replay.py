"""Asking a wrong answer what the student's code was asked, and telling whether it answers the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.grading.errors import StudentError
from course_lib.grading.portable import Reference, substitute
from course_lib.grading.recording import Call, paths_of
from course_lib.grading.session import Session

RTOL, ATOL = 1e-6, 1e-12


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
        for call, path in zip(calls, paths_of(calls) or (), strict=False):
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
    known: dict[int, Reference] = {}
    values = 0  # equal ones so far: without any, an exception with other words says too little
    if paths is None:
        session.forget()
    for number, call in enumerate(calls):
        if paths is not None:
            result = memory.ask(session, call, paths[number])
        else:
            parts = (call.target, call.args, call.kwargs)
            result = _ask(session, call, tuple(substitute(part, _renamed(known)) for part in parts), memory.seconds)
        if not _agrees(call, result, known, strict=not values):
            return False
        values += call.error is None and call.result is not None
    return True


def _renamed(known: dict[int, Reference]) -> Callable[[Reference], Reference]:
    return lambda reference: known.get(reference.number, reference)


def _ask(session: Session, call: Call, parts: tuple[Any, ...], seconds: float) -> Any:
    try:
        return session.ask(call.name, *parts, seed=call.seed, seconds=seconds)
    except StudentError as error:
        return error.with_traceback(None)  # it is kept, and would keep every frame that it came through


def _agrees(call: Call, result: Any, known: dict[int, Reference], *, strict: bool) -> bool:
    """Tell whether a call gave the same; of exceptions the kind, and the words as well where `strict`."""
    if isinstance(result, StudentError):
        wanted = call.error
        kind = wanted is not None and (result.outcome, result.types[:1]) == (wanted.outcome, wanted.types[:1])
        return kind and (not strict or (wanted is not None and result.message == wanted.message))
    return call.error is None and same(call.result, result, known)


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
        return _close(left, right)
    if left is None or isinstance(left, bool | int | str):
        return bool(left == right)
    return _same_arrays(np.asarray(left), np.asarray(right))


def _close(left: float, right: float) -> bool:
    """Compare as `np.isclose` does, NaN equal to NaN; a list of losses has tens of thousands of numbers."""
    if left == right:
        return True
    if math.isfinite(left) and math.isfinite(right):
        return abs(left - right) <= ATOL + RTOL * abs(right)
    return math.isnan(left) and math.isnan(right)


def _same_arrays(left: np.ndarray, right: np.ndarray) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if left.tobytes() == right.tobytes():  # nearly always, where they are equal at all
        return True
    with np.errstate(all="ignore"):
        return bool(np.allclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True))
