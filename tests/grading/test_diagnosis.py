"""Which wrong answer is named: by what it gives, never by how long anything took."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.catalog import Exercise, Limits
from course_lib.grading.assertions import Mismatch
from course_lib.grading.diagnosis import diagnose
from course_lib.grading.errors import StudentError
from course_lib.grading.plugin import TestRecord
from course_lib.grading.recording import Call
from course_lib.grading.replay import ATOL, RTOL, same

Answers = Callable[[str, Any], Any]
BANK = {
    "adds_one": ("def f(x):\n    return x + 1", "test_a, test_b"),
    "doubles": ("def f(x):\n    return 2 * x", "test_b"),
    "raises": ("def f(x):\n    raise ValueError('too small')", "test_a, test_b, test_c"),
}


class Stand:
    """Answers as a session does, from code of this file."""

    def __init__(self, code: str):
        self._names: dict[str, Any] = {}
        exec(code, self._names)  # noqa: S102 - written above

    def ask(self, _name: str, target: str, args: Any, _kwargs: Any, **_: Any) -> Any:
        """Call a function."""
        try:
            return self._names[target](*args)
        except ValueError as error:
            raise StudentError(("ValueError",), str(error)) from None

    def forget(self) -> None:
        """Keep nothing anyway."""


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """An exercise with the bank."""
    made = Exercise("f", "F", "code", 1.0, Limits(), "ch00_mini", tmp_path)
    made.wrong_answers.mkdir(parents=True)
    for name, (code, caught) in BANK.items():
        (made.wrong_answers / f"{name}.py").write_text(f'"""It {name}.\n\nCaught by: {caught}\n"""\n{code}\n', "utf-8")
    return made


def record(name: str, given: Any, *, failed: bool = True, before: tuple[Call, ...] = ()) -> TestRecord:
    """Return a test that asked `f(3)`, after other calls."""
    gave = {"error": given} if isinstance(given, StudentError) else {"result": given}
    calls = [*before, Call("call", "f", (3,), {}, 0, **gave)]
    return TestRecord("f", name, print, supporting=False, calls=calls, error=Mismatch("no") if failed else None)


def named(exercise: Exercise, records: list[TestRecord]) -> dict[str, str]:
    """Return the name of the mistake by test."""
    return {test: name for test, (name, _) in diagnose(exercise, records, Stand, {}).items()}


def test_name_does_not_depend_on_times(exercise: Exercise) -> None:
    """Whatever took longest, the same is named: also where two mistakes meet and no wrong answer explains all."""
    half_known = [record("test_a", 4), record("test_b", 6), record("test_c", 7)]
    found = {
        tuple(sorted(named(exercise, [replace(r, seconds=t) for r, t in zip(half_known, times, strict=True)]).items()))
        for times in itertools.permutations((0.1, 0.2, 0.3))
    }

    assert found == {(("test_b", "doubles"),)}


def test_exercise_that_trains_is_compared_only_once(exercise: Exercise) -> None:
    """Where a call may be a training, a wrong answer must agree in all failing tests."""
    trains = replace(exercise, limits=Limits(call_seconds=30.0))

    assert named(trains, [record("test_a", 4), record("test_b", 6), record("test_c", 7)]) == {}
    assert named(trains, [record("test_b", 6)]) == {"test_b": "doubles"}


def test_same_exception_with_other_words_is_no_sign(exercise: Exercise) -> None:
    """Whoever raises a ValueError of another kind did not make our mistake; with our words, or a value before, yes."""
    own, other = (StudentError(("ValueError",), words) for words in ("too small", "not written yet"))
    tests = ("test_a", "test_b", "test_c")

    assert set(named(exercise, [record(name, own) for name in tests]).values()) == {"raises"}
    assert named(exercise, [record(name, other) for name in tests]) == {}


def test_other_words_after_an_equal_value_are_the_same_mistake(exercise: Exercise) -> None:
    """A value that only this mistake gives says enough; the exception that follows may have the student's words."""
    (exercise.wrong_answers / "sets_off.py").write_text(
        '"""Caught by: test_b"""\ndef f(x):\n    return 30\ndef g(x):\n    raise ValueError("ours")\n', "utf-8"
    )
    first = Call("call", "f", (3,), {}, 0, result=30)
    failed = replace(record("test_b", StudentError(("ValueError",), "theirs")), calls=[])
    failed.calls = [first, Call("call", "g", (3,), {}, 0, error=StudentError(("ValueError",), "theirs"))]

    assert named(exercise, [failed]) == {"test_b": "sets_off"}


@pytest.mark.parametrize("left", [0.0, 1.0, -1.0, 1e-13, 1 + 1e-7, 1 + 1e-5, 1e300, math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("right", [0.0, 1.0, -1.0, 2e-12, 1 + 2e-6, math.inf, -math.inf, math.nan])
def test_numbers_are_compared_as_numpy_does(left: float, right: float) -> None:
    """Within the same tolerance, infinities and NaN included."""
    assert same(left, right, {}) == np.isclose(left, right, rtol=RTOL, atol=ATOL, equal_nan=True)
