"""What may cross between student code and judge: plain data. Of everything else a `Reference` crosses.

Plain are None, exact `bool`, `int`, `float`, `str`; NumPy scalars (as Python numbers); base `ndarray`; tensors
(detached, as base `Tensor`); and exact `list`, `tuple`, `dict`, `OrderedDict` of these. Exactness is the point: a
subclass may lie about every operation, so it never counts as data.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_DEPTH = 32
_ATOMS = frozenset({type(None), bool, str, float})  # exact ones are plain without a further look
MAX_INT_BITS = 1024
ARRAY_DTYPES = frozenset({"?", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "e", "f", "d", "F", "D"})
TENSOR_DTYPES = frozenset({"bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"})


@dataclass(frozen=True)
class Reference:
    """Stands for an object that stays where it is; `number` finds it there."""

    number: int


def export(value: Any, keep: Callable[[Any], Any], depth: int = 0) -> Any:  # noqa: PLR0911 - one return per kind
    """Copy plain data; replace everything else by what `keep` returns for it.

    Args:
        value: any object, possibly hostile: only its exact type decides what is asked of it.
        keep: called with each object that cannot cross.
        depth: how many containers are around `value`.

    """
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is int:
        return value if value.bit_length() <= MAX_INT_BITS else keep(value)
    if kind is np.ndarray:
        return np.array(value, order="C") if value.dtype.char in ARRAY_DTYPES else keep(value)
    if isinstance(value, np.generic):
        return _export_scalar(value, keep)
    if _is_tensor(kind):
        return _export_tensor(value, keep)
    if depth < MAX_DEPTH and kind in (list, tuple, dict, OrderedDict):
        return _export_container(value, keep, depth)
    return keep(value)


def _export_scalar(value: np.generic, keep: Callable[[Any], Any]) -> Any:
    plain = value.item() if value.dtype.char in ARRAY_DTYPES or value.dtype.kind == "U" else value
    return plain if type(plain) in (bool, int, float, str) else keep(value)


def _is_tensor(kind: type) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and kind in (torch.Tensor, torch.nn.Parameter)


def _export_tensor(value: Any, keep: Callable[[Any], Any]) -> Any:
    torch = sys.modules["torch"]
    if str(value.dtype).removeprefix("torch.") not in TENSOR_DTYPES or value.layout is not torch.strided:
        return keep(value)
    return value.detach().to("cpu", copy=True).contiguous()


def _export_container(value: Any, keep: Callable[[Any], Any], depth: int) -> Any:
    if isinstance(value, dict):
        if not all(_is_key(key) for key in value):
            return keep(value)
        return {_plain_key(key): export(item, keep, depth + 1) for key, item in value.items()}
    items = [item if type(item) in _ATOMS else export(item, keep, depth + 1) for item in value]
    return items if type(value) is list else tuple(items)


def _is_key(key: Any, depth: int = 0) -> bool:
    if type(key) is tuple:
        return depth < MAX_DEPTH and all(_is_key(part, depth + 1) for part in key)
    return key is None or type(key) in (bool, int, float, str) or isinstance(key, np.number | np.bool_)


def _plain_key(key: Any) -> Any:
    if type(key) is tuple:
        return tuple(_plain_key(part) for part in key)
    return key.item() if isinstance(key, np.generic) else key


def substitute(value: Any, find: Callable[[Reference], Any]) -> Any:
    """Replace every `Reference` inside plain data by what `find` returns for it."""
    kind = type(value)
    if kind is Reference:
        return find(value)
    if kind is dict:
        return {key: substitute(item, find) for key, item in value.items()}
    if kind in (list, tuple):
        items = [item if type(item) in _ATOMS else substitute(item, find) for item in value]
        return items if kind is list else tuple(items)
    return value
