"""The wire between judge and worker: a JSON header and raw array bytes, never pickle.

A frame is `magic, header length, header, buffers`. The header is JSON: `[buffer lengths, body]`. In the body, lists
and plain scalars stand for themselves; everything else is an object with one tag:

    {"t": […]} tuple · {"d": [[key, value], …]} dict · {"a": [dtype, shape]} array · {"x": [dtype, shape]} tensor ·
    {"l": length} long list of floats · {"f": "nan"} float that JSON lacks · {"r": number} reference

Arrays and long lists take the buffers in the order in which they appear. The decoder trusts nothing: sizes are checked
before anything is allocated, and any deviation is a `WireError`.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from functools import lru_cache
from typing import Any, NoReturn

import numpy as np

from course_lib.grading.portable import MAX_DEPTH, TENSOR_DTYPES, Reference

MAGIC = b"CW1\n"
PREFIX = struct.Struct("!4sI")
MAX_HEADER = 4 * 2**20
MAX_BUFFERS = 256 * 2**20
MAX_NODES = 500_000
MAX_AXES = 32
LONG = 32  # floats: from here on their text takes longer than an array
ARRAY_NAMES = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float16", "float32", "float64", "complex64", "complex128"}
)
_PLAIN: frozenset[Any] = frozenset({int, str, bool, type(None)})  # stand for themselves in JSON
_MOSTLY_PLAIN = _PLAIN | {float}  # but for NaN and infinity
SPECIAL_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class WireError(Exception):
    """Bytes that are not a frame of ours."""


def encode(message: Any) -> list[bytes | memoryview]:
    """Turn plain data into the parts of a frame, to be written one after the other.

    Raises:
        WireError: the data is too large for the wire.

    """
    try:
        return _encode(message, _MOSTLY_PLAIN)
    except ValueError:  # a float that JSON lacks
        return _encode(message, _PLAIN)


class _Buffers(list[memoryview]):
    """A frame's buffers; `floats` counts the items of lists in them."""

    floats = 0


def _encode(message: Any, plain: frozenset[Any]) -> list[bytes | memoryview]:
    buffers = _Buffers()
    body = _pack(message, buffers, plain)
    lengths = [buffer.nbytes for buffer in buffers]
    header = _ENCODER.encode([lengths, body]).encode("ascii")
    if len(header) > MAX_HEADER or sum(lengths) > MAX_BUFFERS or buffers.floats > MAX_NODES:
        _refuse(f"a value of {len(header) + sum(lengths)} bytes is too large to cross")
    return [PREFIX.pack(MAGIC, len(header)) + header, *buffers]


def _pack(value: Any, buffers: _Buffers, plain: frozenset[Any]) -> Any:  # noqa: PLR0911 - one return per tag
    kind = type(value)
    if kind in plain:
        return value
    if kind is list:
        if len(value) >= LONG and {*map(type, value)} == {float}:
            return _pack_floats(value, buffers)
        return [item if type(item) in plain else _pack(item, buffers, plain) for item in value]
    if kind is tuple:
        return {"t": [item if type(item) in plain else _pack(item, buffers, plain) for item in value]}
    if kind is dict:
        return {"d": [[_pack(key, buffers, plain), _pack(item, buffers, plain)] for key, item in value.items()]}
    if kind is float:
        return value if math.isfinite(value) else {"f": repr(value)}
    if kind is Reference:
        return {"r": value.number}
    if kind is np.ndarray:
        return _pack_array("a", value, buffers)
    return _pack_array("x", value.numpy(), buffers)


def _pack_floats(values: list[float], buffers: _Buffers) -> dict[str, int]:
    buffers.append(np.array(values).view(np.uint8).data)
    buffers.floats += len(values)
    return {"l": len(values)}


def _pack_array(tag: str, array: np.ndarray, buffers: _Buffers) -> dict[str, Any]:
    flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    buffers.append(flat.data)
    return {tag: [_name_of(array.dtype), list(array.shape)]}


@lru_cache(maxsize=64)
def _name_of(dtype: np.dtype[Any]) -> str:
    return dtype.name  # NumPy puts it together anew each time


def parse_prefix(prefix: bytes) -> int:
    """Return the header's length."""
    magic, length = PREFIX.unpack(prefix)
    if magic != MAGIC or not 0 < length <= MAX_HEADER:
        _refuse("the frame does not begin as a frame must")
    return int(length)


class Incoming:
    """The data of a frame: its arrays are there with their sizes once the header is read, and their bytes come after.

    Args:
        header: the frame's.

    Attributes:
        rooms: what the frame's buffers are to be read into, in order.

    Raises:
        WireError: the header is not one of ours: an unknown tag, a dtype that may not cross, a size that does not fit.

    """

    def __init__(self, header: bytes):
        if header.count(b",") + header.count(b"[") + header.count(b"{") > MAX_NODES:
            _refuse("the header has too many parts")
        self._arrays: list[np.ndarray] = []
        self._lists: list[tuple[list[float], np.ndarray]] = []
        self._left, self._floats_left = MAX_BUFFERS, MAX_NODES
        decoder = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=self._tagged)
        try:
            parsed = decoder.decode(header.decode("ascii"))
        except (ValueError, RecursionError, MemoryError) as error:
            _refuse(f"the header is not JSON of ours: {type(error).__name__}")
        if type(parsed) is not list or len(parsed) != 2:  # noqa: PLR2004
            _refuse("the header lacks its two parts")
        lengths, self._value = parsed
        self.rooms = [array.reshape(-1).view(np.uint8).data for array in self._arrays]
        if type(lengths) is not list or [*map(type, lengths)] != [int] * len(self.rooms):
            _refuse("the buffers are not those of the arrays")
        if lengths != [room.nbytes for room in self.rooms]:
            _refuse("an array's bytes do not fill its shape")
        if header.count(b"[") + header.count(b"{") > 2 * MAX_DEPTH:
            _demand_shallow(self._value, 2 * MAX_DEPTH)

    def value(self) -> Any:
        """Return the data, once the rooms are filled."""
        for array in self._arrays:
            if array.dtype.char == "?":  # a byte other than 0 and 1 is no bool, and would compare as neither
                np.not_equal(array.view(np.uint8), 0, out=array)
        for values, array in self._lists:
            values[:] = array.tolist()
        return self._value

    def _tagged(self, pairs: list[tuple[str, Any]]) -> Any:
        if len(pairs) != 1:
            _refuse("an object must have exactly one tag")
        ((tag, content),) = pairs
        if type(content) is list and tag in ("a", "x"):
            return self._array(tag, content)
        return self._list(content) if tag == "l" else _untagged(tag, content)

    def _list(self, length: Any) -> list[float]:
        if type(length) is not int or not LONG <= length <= self._floats_left:
            _refuse("a list of floats has a length that may not cross")
        self._floats_left -= length
        values: list[float] = []
        self._lists.append((values, self._array("a", ["float64", [length]])))
        return values

    def _array(self, tag: str, content: list[Any]) -> Any:
        if len(content) != 2:  # noqa: PLR2004
            _refuse("an array lacks its dtype or its shape")
        name, shape = content
        allowed = ARRAY_NAMES if tag == "a" else TENSOR_DTYPES
        if type(name) is not str or name not in allowed or type(shape) is not list or len(shape) > MAX_AXES:
            _refuse("an array has a dtype or a shape that may not cross")
        if not all(type(length) is int and 0 <= length <= MAX_BUFFERS for length in shape):
            _refuse("an array has a shape that may not cross")
        dtype = _dtype_of(name)
        self._left -= math.prod(shape) * dtype.itemsize
        if self._left < 0:
            _refuse("the arrays are too large")
        array = np.empty(shape, dtype)
        self._arrays.append(array)
        return array if tag == "a" else _tensor(array)


@lru_cache(maxsize=64)
def _dtype_of(name: str) -> np.dtype[Any]:
    return np.dtype(name)


def _untagged(tag: str, content: Any) -> Any:
    if tag == "t" and type(content) is list:
        return tuple(content)
    if tag == "d" and type(content) is list:
        return _dict(content)
    if tag == "f" and type(content) is str and content in SPECIAL_FLOATS:
        return SPECIAL_FLOATS[content]
    if tag == "r" and type(content) is int and content >= 0:
        return Reference(content)
    return _refuse("an object has a tag that we do not know")


def _dict(content: list[Any]) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for pair in content:
        if type(pair) is not list or len(pair) != 2:  # noqa: PLR2004
            _refuse("a dict must be made of pairs")
        key, value = pair
        if not _hashable(key) or key in result:
            _refuse("a dict has a key that is repeated or cannot be one")
        result[key] = value
    return result


def _hashable(key: Any) -> bool:
    if type(key) is tuple:
        return all(_hashable(part) for part in key)
    return key is None or type(key) in (bool, int, float, str)


def _demand_shallow(value: Any, depth: int) -> None:
    """Refuse data that nothing of ours could walk through."""
    if depth < 0:
        _refuse("the value is nested too deeply")
    parts = value.items() if type(value) is dict else value if type(value) in (list, tuple) else ()
    for part in parts:
        if type(part) in (list, tuple, dict):
            _demand_shallow(part, depth - 1)


def _tensor(array: np.ndarray) -> Any:
    import torch  # noqa: PLC0415 - seconds to import, and only some chapters need it

    return torch.from_numpy(array)


def _refuse(reason: str) -> NoReturn:
    raise WireError(reason)


_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False)


if sys.byteorder != "little":  # pragma: no cover
    message = "the wire carries little-endian arrays"
    raise ImportError(message)
