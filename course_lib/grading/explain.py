"""Why two arrays differ: the sentence that a student can act on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

ENOUGH = 2  # entries that a pattern must explain before it is named


def explain_shape(actual: np.ndarray, expected: np.ndarray) -> str:
    """Name a likely reason for a wrong shape, or nothing."""
    if actual.ndim > 1 and actual.shape == expected.shape[::-1]:
        return "Is it transposed?"
    if actual.size == expected.size and _squeezed(actual) == _squeezed(expected):
        return "An axis of length 1 is " + ("too many." if actual.ndim > expected.ndim else "missing.")
    if actual.ndim < expected.ndim and actual.shape == expected.shape[: actual.ndim]:
        return "The last axis is missing: was it summed or averaged away?"
    if actual.ndim < expected.ndim and actual.shape == expected.shape[-actual.ndim :]:
        return "The first axis is missing: was it summed or averaged away?"
    if actual.ndim == expected.ndim:
        longer = [axis for axis in range(actual.ndim) if actual.shape[axis] != expected.shape[axis]]
        return f"Axis {longer[0]} has the wrong length."
    return f"{expected.ndim} axes are asked for, {actual.ndim} came back."


def _squeezed(array: np.ndarray) -> tuple[int, ...]:
    return tuple(length for length in array.shape if length != 1)


def explain_values(  # noqa: PLR0913 - what a comparison knows
    actual: np.ndarray, expected: np.ndarray, bad: np.ndarray, name: str, *, rtol: float, atol: float
) -> tuple[str, str]:
    """Say what differs first and, where a pattern explains all entries, which.

    Args:
        actual: what came back, of the expected shape.
        expected: what should have.
        bad: True where the two differ.
        name: what the value is called.
        rtol: relative tolerance of the comparison.
        atol: absolute tolerance of the comparison.

    Returns:
        A sentence without values, and a detail with them.

    """
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    detail = f"Expected {expected[index]}, received {actual[index]}" + (f" at index {index}." if index else ".")
    place = f" First at index {index}; {int(bad.sum())} of {bad.size} entries differ." if index else ""
    if expected.dtype.kind == "f" and not np.isfinite(actual[index]) and np.isfinite(expected[index]):
        kind = "NaN" if np.isnan(actual[index]) else "infinite"
        return f"The {name} is {kind} where a finite number is asked for.{place}", detail
    with np.errstate(all="ignore"):
        reason = _pattern(actual.astype(complex), expected.astype(complex), max(rtol, 1e-6), atol)
    reason = _precision(actual, expected) or reason
    return " ".join(filter(None, [f"The {name} has wrong values.{place}", reason])), detail


def _precision(actual: np.ndarray, expected: np.ndarray) -> str:
    coarser = actual.dtype.kind == "f" and actual.dtype.itemsize < expected.dtype.itemsize
    close = np.allclose(actual.astype(float), expected.astype(float), rtol=1e-4, atol=1e-6) if coarser else False
    return f"The values are only as exact as {actual.dtype}: keep {expected.dtype} throughout." if close else ""


def _pattern(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> str:
    def same(left: np.ndarray, right: np.ndarray) -> bool:
        return left.shape == right.shape and bool(np.allclose(left, right, rtol=rtol, atol=max(atol, 1e-12)))

    if same(actual, expected):
        return "They are close, but not as close as asked for: is a formula approximated, or a constant rounded?"
    if expected.size < ENOUGH:
        return _factor_of_one(actual, expected, same)
    if not np.any(actual):
        return "Every entry is zero."
    ratio = _ratio(actual, expected)
    if ratio is not None and same(actual, ratio * expected):
        return "The sign is flipped." if np.isclose(ratio, -1) else f"It is the right answer times {_number(ratio)}."
    return _moved(actual, expected, same)


def _moved(actual: np.ndarray, expected: np.ndarray, same: Callable[[np.ndarray, np.ndarray], bool]) -> str:
    if expected.ndim > 1 and same(actual, expected.T):
        return "It is the right answer transposed."
    for axis in range(expected.ndim):
        if expected.shape[axis] < ENOUGH:
            continue
        if same(actual, np.flip(expected, axis)):
            return f"It is the right answer in reverse order along axis {axis}."
        for step in (1, -1):
            inner = slice(1, None) if step == 1 else slice(None, -1)
            moved = np.roll(expected, step, axis).swapaxes(0, axis)[inner]
            if moved.size >= ENOUGH and same(actual.swapaxes(0, axis)[inner], moved):
                return f"It is the right answer shifted by one along axis {axis}."
    offset = (actual - expected).flat[0]
    if same(actual, expected + offset):
        return "It differs from the right answer by the same constant everywhere."
    return ""


def _ratio(actual: np.ndarray, expected: np.ndarray) -> float | None:
    largest = int(np.argmax(np.abs(expected)))
    if expected.flat[largest] == 0:
        return None
    ratio = (actual.flat[largest] / expected.flat[largest]).real
    return float(ratio) if np.isfinite(ratio) and ratio != 0 else None


def _factor_of_one(actual: np.ndarray, expected: np.ndarray, same: Callable[[np.ndarray, np.ndarray], bool]) -> str:
    if np.any(expected) and same(actual, -expected):
        return "The sign is flipped."
    ratio = _ratio(actual, expected)
    if ratio in (0.5, 2.0):
        return f"It is {'half' if ratio == 0.5 else 'twice'} the right answer."  # noqa: PLR2004
    return ""


def _number(ratio: float) -> str:
    nearest = round(ratio) if abs(ratio) >= 1 else ratio
    return f"{nearest}" if np.isclose(ratio, nearest, rtol=1e-6) and abs(ratio) >= 1 else f"{ratio:.4g}"
