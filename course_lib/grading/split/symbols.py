"""An earlier answer inside a later question, as a symbol: answer number and path, no value.

So a question that passes the result of one call on to the next is the same for everybody, and what the reference
computed stays where it was computed.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib.grading.errors import StudentError
from course_lib.grading.portable import Reference, substitute

MAX_ITEMS = 2000  # of one container of an answer; further ones are not looked for in later questions
TELLS_NOTHING = frozenset({0.0, 1.0, -1.0, 0.5, 2.0})

Path = tuple[Any, ...]
Symbol = tuple[int, Path]


class LostError(Exception):
    """An answer has nothing at the place that a later question names."""


class Seen:
    """What a test's answers hold, by content, so that it is found again in its questions.

    Attributes:
        drawn: how many telling values came up in questions that neither an answer nor an earlier question had.

    """

    def __init__(self) -> None:
        self._places: dict[bytes, Symbol] = {}
        self._shown: set[bytes] = set()
        self.drawn = 0
        self._numbers: list[np.ndarray] = []

    @property
    def numbers(self) -> np.ndarray:
        """Every number that questions showed as data."""
        return np.concatenate(self._numbers) if self._numbers else np.zeros(0)

    def add(self, number: int, answer: Any) -> None:
        """Note an answer and everything in it that tells something."""
        for path, value in _parts(answer):
            if tells(value):
                self._places.setdefault(fingerprint(value), (number, path))

    def pack(self, value: Any, symbols: list[Symbol]) -> Any:
        """Return a copy with a `Reference` into `symbols` wherever a part of an earlier answer stands.

        What an earlier question of the test showed as data is data here too: an input that an answer gave back.
        """
        mark = fingerprint(value)
        if mark in self._places and not self._was_shown(value):
            symbols.append(self._places[mark])
            return Reference(len(symbols) - 1)
        if type(value) is dict:
            return {key: self.pack(item, symbols) for key, item in value.items()}
        if type(value) in (list, tuple):
            return type(value)(self.pack(item, symbols) for item in value)
        if type(value) is Reference:
            raise LostError("a test passed an object that it did not get in this test")
        self.drawn += tells(value) and mark not in self._shown
        self._shown.add(mark)
        if type(value) in (int, float) or is_array(value):
            self._numbers.append(np.asarray(value).reshape(-1))
        return value

    def _was_shown(self, value: Any) -> bool:
        return all(fingerprint(leaf) in self._shown for leaf in _leaves(value) if tells(leaf))


def resolve(value: Any, symbols: Sequence[Symbol], answers: Sequence[Any]) -> Any:
    """Put the answers in the place of their symbols.

    Raises:
        LostError: an answer has nothing at that place.

    """
    return substitute(value, lambda reference: _at(answers, *symbols[reference.number]))


def _at(answers: Sequence[Any], number: int, path: Path) -> Any:
    value = answers[number]
    if isinstance(value, StudentError):
        raise LostError(f"answer {number} is an error")
    for part in path:
        try:
            value = value[part]
        except (TypeError, KeyError, IndexError) as error:
            raise LostError(f"answer {number} has no part {part!r}") from error
    return value


def fingerprint(value: Any) -> bytes:
    """Return the same bytes for the same plain data, to the last bit."""
    if type(value) is dict:
        parts = [repr(key).encode() + fingerprint(item) for key, item in value.items()]
    elif type(value) in (list, tuple):
        parts = [fingerprint(item) for item in value]
    elif is_array(value):
        array = np.ascontiguousarray(value)
        parts = [f"{array.dtype} {tuple(value.shape)}".encode(), array.tobytes()]
    else:
        parts = [repr(value).encode()]
    return hashlib.sha256(type(value).__name__.encode() + b"\0".join(parts)).digest()


def tells(value: Any) -> bool:
    """Tell whether plain data is so particular that it comes from where it was seen: no constant, no small number."""
    if type(value) is dict:
        return any(tells(item) for item in value.values())
    if type(value) in (list, tuple):
        return any(tells(item) for item in value)
    if is_array(value):
        flat = np.asarray(value).reshape(-1)
        return bool((flat != flat[0]).any()) if flat.size > 1 else flat.size == 1 and tells(flat[0].item())
    if type(value) is float:
        return math.isfinite(value) and value not in TELLS_NOTHING
    return type(value) is Reference


def is_array(value: Any) -> bool:
    """Tell an array or a tensor from other plain data."""
    return isinstance(value, np.ndarray) or (hasattr(value, "dtype") and hasattr(value, "shape"))


def _parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if type(value) is dict:
        items: Iterator[tuple[Any, Any]] = iter(value.items())
    elif type(value) in (list, tuple):
        items = iter(enumerate(value))
    else:
        return
    for _, (key, item) in zip(range(MAX_ITEMS), items, strict=False):
        yield from _parts(item, (*path, key))


def _leaves(value: Any) -> Iterator[Any]:
    return (part for _, part in _parts(value) if type(part) not in (dict, list, tuple))
