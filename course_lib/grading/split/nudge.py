"""Answers moved by their last bits: a question that moves with them is computed from an answer."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.grading.split.symbols import TELLS_NOTHING, is_array

MOST = 8  # units of a number's precision; less than any suite's tolerance


def nudge(value: Any, known: np.ndarray) -> Any:
    """Move every float of plain data, each by another amount.

    Args:
        value: the data.
        known: numbers that stay, as 0 and 1 do: the test's own, which an answer may hold copies of. Copies are compared
            exactly, and a moved one would end the test.

    """
    if type(value) is dict:
        return {key: nudge(item, known) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(nudge(item, known) for item in value)
    if type(value) is float:
        return float(_moved(np.asarray(value), known))
    if not is_array(value) or np.asarray(value).dtype.kind not in "fc":
        return value
    moved = _moved(np.asarray(value), known)
    return moved if type(value) is np.ndarray else value.new_tensor(moved)


def _moved(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    steps = (np.arange(values.size) * 5 % MOST + 1).reshape(values.shape)
    with np.errstate(all="ignore"):
        same = np.isin(values, (known if values.dtype.kind == "c" else known.real).astype(values.dtype))
    same |= np.isin(values, list(TELLS_NOTHING))
    steps = np.where(same, 0, steps)
    return np.asarray(values * (1 + steps * np.finfo(values.dtype).eps).astype(values.dtype))
