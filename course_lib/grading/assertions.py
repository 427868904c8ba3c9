"""The vocabulary of visible checks and hidden suites: `assert_close`, `refuses`, `fail`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from course_lib.grading.errors import Mismatch, StudentError
from course_lib.grading.explain import explain_shape, explain_values
from course_lib.grading.student import Handle

NUMBERS = (bool, int, float)
SHAPE = re.compile(r"torch\.Size\(\[([-\d,]*)\]\)|\[([-\d,]*)\]")


def fail(sentence: str, detail: str = "") -> NoReturn:
    """Fail the test with a sentence for the student.

    Args:
        sentence: what is wrong; shown for hidden tests too, so it names neither inputs nor expected values.
        detail: values, shown for visible checks only.

    """
    raise Mismatch(sentence, detail)


def assert_close(actual: Any, expected: Any, *, rtol: float = 1e-9, atol: float = 0.0, name: str = "result") -> None:
    """Check type, shape, kind of dtype, finiteness and then values; say what differs first and why it might.

    Args:
        actual: what student code returned.
        expected: a number, string, array, tensor, or list, tuple, dict of these. A list is satisfied by an array of
            the same numbers; a float by a whole int.
        rtol: relative tolerance, of the expected value's magnitude.
        atol: absolute tolerance.
        name: what the value is called in the message.

    Raises:
        Mismatch: with a sentence that is safe for hidden tests and a detail that is not.

    """
    if isinstance(expected, Mapping):
        _compare_dicts(actual, expected, rtol, atol, name)
    elif isinstance(expected, list | tuple) and not _is_numeric(expected):
        _compare_sequences(actual, expected, rtol, atol, name)
    elif isinstance(expected, list):
        _compare_arrays(_as_array(actual, name), np.asarray(expected), rtol, atol, name)
    elif isinstance(expected, tuple):
        _compare_sequences(actual, expected, rtol, atol, name)
    elif isinstance(expected, np.ndarray):
        _demand_array(actual, name)
        _compare_arrays(actual, expected, rtol, atol, name)
    elif _is_tensor(expected):
        _demand_tensor(actual, name)
        _compare_arrays(actual.numpy(), expected.detach().numpy(), rtol, atol, name)
    elif isinstance(expected, (*NUMBERS, np.number)):
        _compare_numbers(actual, expected, rtol, atol, name)
    elif type(actual) is not type(expected) or actual != expected:
        fail(f"The {name} is not the expected {_noun(expected)}.", f"Expected {expected!r}, received {actual!r}.")


@contextmanager
def refuses(parameter: str, shown: Any = None) -> Iterator[None]:
    """Demand that the block's call raises a `ValueError` that names `parameter` and shows what was received.

    Args:
        parameter: the argument that the message must name.
        shown: the value, or the shape, whose text the message must contain; None where any text is right.

    """
    try:
        yield
    except StudentError as error:
        if error.outcome != "error" or error.is_a("NotImplementedError", "NameError"):
            raise
        _judge_refusal(error, parameter, shown)
    else:
        fail(f"Bad input for `{parameter}` must raise ValueError, but no error came.", f"Received: {shown!r}.")


def _judge_refusal(error: StudentError, parameter: str, shown: Any) -> None:
    if not error.is_a("ValueError"):
        fail(f"Bad input for `{parameter}` must raise ValueError, not another kind of error.", f"It raised {error}.")
    if not re.search(rf"\b{re.escape(parameter)}\b", error.message):
        fail(f"The ValueError must name the parameter `{parameter}`.", f"It says: {error.message}")
    if shown is not None and _squeezed(shown) not in _squeezed(error.message):
        fail(f"The ValueError for `{parameter}` must show what was received.", f"It says: {error.message}")


def _squeezed(value: Any) -> str:
    """Return a text without blanks, and every shape in it as a tuple, whether it is one, a list, or torch's own."""
    return SHAPE.sub(_as_tuple, "".join(str(value).split()))


def _as_tuple(shape: re.Match[str]) -> str:
    sizes = shape[1] or shape[2] or ""
    return f"({sizes},)" if sizes and "," not in sizes else f"({sizes})"


def _is_numeric(value: Any) -> bool:
    return len(value) > 0 and all(isinstance(item, NUMBERS) for item in value)


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.startswith("torch") and hasattr(value, "detach")


def _noun(value: Any) -> str:
    if isinstance(value, Handle):
        return "object of another type"
    if _is_tensor(value):
        return "torch tensor"
    names = {"ndarray": "NumPy array", "NoneType": "None", "str": "string", "int": "whole number (int)"}
    return names.get(type(value).__name__, type(value).__name__)


def _wrong_type(actual: Any, wanted: str, name: str) -> NoReturn:
    reason = " Does the function end without `return`?" if actual is None else ""
    fail(f"The {name} must be a {wanted}, but a {_noun(actual)} came back.{reason}".replace("a None", "None"))


def _demand_array(actual: Any, name: str) -> None:
    if type(actual) is not np.ndarray:
        _wrong_type(actual, "NumPy array", name)


def _demand_tensor(actual: Any, name: str) -> None:
    if not _is_tensor(actual):
        _wrong_type(actual, "torch tensor", name)


def _as_array(actual: Any, name: str) -> np.ndarray:
    if type(actual) is np.ndarray:
        return actual
    if type(actual) not in (list, tuple) or not all(type(item) in NUMBERS for item in actual):
        _wrong_type(actual, "sequence of numbers", name)
    return np.asarray(actual)


def _compare_numbers(actual: Any, expected: Any, rtol: float, atol: float, name: str) -> None:
    value = actual.item() if type(actual) is np.ndarray and actual.shape == () else actual
    if isinstance(expected, bool | np.bool_):
        if type(value) is not bool or value is not bool(expected):
            fail(f"The {name} is not the expected True or False.", f"Expected {expected}, received {value!r}.")
        return
    whole = isinstance(expected, int | np.integer)
    if type(value) is not int and (whole or type(value) is not float):
        _wrong_type(actual, "whole number (int)" if whole else "number (float)", name)
    _compare_arrays(np.asarray(value), np.asarray(expected), rtol, atol, name)


def _compare_sequences(actual: Any, expected: Any, rtol: float, atol: float, name: str) -> None:
    if type(actual) not in (list, tuple):
        _wrong_type(actual, type(expected).__name__, name)
    if len(actual) != len(expected):
        fail(f"The {name} must have {len(expected)} parts, but it has {len(actual)}.")
    for position, (ours, theirs) in enumerate(zip(expected, actual, strict=True)):
        assert_close(theirs, ours, rtol=rtol, atol=atol, name=f"{name}[{position}]")


def _compare_dicts(actual: Any, expected: Mapping[Any, Any], rtol: float, atol: float, name: str) -> None:
    if type(actual) is not dict:
        _wrong_type(actual, "dict", name)
    missing = [key for key in expected if key not in actual]
    if missing:
        fail(f"The {name} lacks the key {missing[0]!r}.")
    surplus = [key for key in actual if key not in expected]
    if surplus:
        fail(f"The {name} has {len(surplus)} key(s) too many.", f"The first: {surplus[0]!r}.")
    for key, value in expected.items():
        assert_close(actual[key], value, rtol=rtol, atol=atol, name=f"{name}[{key!r}]")


def _compare_arrays(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float, name: str) -> None:
    if actual.shape != expected.shape:
        sentence = f"The {name} has the wrong shape {actual.shape}. {explain_shape(actual, expected)}".strip()
        fail(sentence, f"Expected shape {expected.shape}.")
    _compare_kinds(actual, expected, name)
    with np.errstate(all="ignore"):
        bad = ~_agree(actual, expected, rtol, atol)
    if bad.any():
        sentence, detail = explain_values(actual, expected, bad, name, rtol=rtol, atol=atol)
        fail(sentence, detail)


def _compare_kinds(actual: np.ndarray, expected: np.ndarray, name: str) -> None:
    order = "biufc"
    kinds = {"b": "bool", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}
    have, want = kinds[actual.dtype.kind], kinds[expected.dtype.kind]
    whole_for_float = actual.ndim == 0 and order.index(actual.dtype.kind) in (1, 2) and want == "floats"
    if have != want and not whole_for_float:
        fail(f"The {name} holds {have} ({actual.dtype}), but {want} are asked for.")


def _agree(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    if expected.dtype.kind in "biu":
        return np.asarray(actual == expected)
    finite = np.isfinite(expected)
    close = np.abs(actual - expected) <= atol + rtol * np.abs(expected)
    same = (actual == expected) | (np.isnan(actual) & np.isnan(expected))
    return np.asarray(np.where(finite, close & np.isfinite(actual), same))
