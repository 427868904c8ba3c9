"""The wire between judge and worker: a JSON header and raw array bytes, never pickle.

A frame is `magic, header length, header, buffers`. The header is JSON: `[buffer lengths, body]`. In the body, lists
and plain scalars stand for themselves; everything else is an object with one tag:

    {"t": […]} tuple · {"d": [[key, value], …]} dict · {"a": [dtype, shape]} array · {"x": [dtype, shape]} tensor ·
    {"f": "nan"} float that JSON lacks · {"r": number} reference

Arrays take the buffers in the order in which they appear. The decoder trusts nothing: sizes are checked before
anything is allocated, and any deviation is a `WireError`.
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
ARRAY_NAMES = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float16", "float32", "float64", "complex64", "complex128"}
)
_PLAIN = frozenset({int, str, bool, type(None)})  # stand for themselves in JSON
SPECIAL_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class WireError(Exception):
    """Bytes that are not a frame of ours."""


def encode(message: Any) -> list[bytes | memoryview]:
    """Turn plain data into the parts of a frame, to be written one after the other.

    Raises:
        WireError: the data is too large for the wire.

    """
    buffers: list[memoryview] = []
    body = _pack(message, buffers)
    lengths = [buffer.nbytes for buffer in buffers]
    header = _ENCODER.encode([lengths, body]).encode("ascii")
    if len(header) > MAX_HEADER or sum(lengths) > MAX_BUFFERS:
        _refuse(f"a value of {len(header) + sum(lengths)} bytes is too large to cross")
    return [PREFIX.pack(MAGIC, len(header)) + header, *buffers]


def _pack(value: Any, buffers: list[memoryview]) -> Any:  # noqa: PLR0911 - one return per tag
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is float:
        return value if math.isfinite(value) else {"f": repr(value)}
    if kind is list:
        return [_pack(item, buffers) for item in value]
    if kind is tuple:
        return {"t": [_pack(item, buffers) for item in value]}
    if kind is dict:
        return {"d": [[_pack(key, buffers), _pack(item, buffers)] for key, item in value.items()]}
    if kind is Reference:
        return {"r": value.number}
    if kind is np.ndarray:
        return _pack_array("a", value, buffers)
    return _pack_array("x", value.numpy(), buffers)


def _pack_array(tag: str, array: np.ndarray, buffers: list[memoryview]) -> dict[str, Any]:
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


def parse_header(header: bytes) -> tuple[list[int], Any]:
    """Return the buffers' lengths and the body, still packed."""
    if header.count(b",") + header.count(b"[") + header.count(b"{") > MAX_NODES:
        _refuse("the header has too many parts")
    try:
        parsed = _DECODER.decode(header.decode("ascii"))
    except (ValueError, RecursionError, MemoryError) as error:
        _refuse(f"the header is not JSON of ours: {type(error).__name__}")
    if type(parsed) is not list or len(parsed) != 2 or type(parsed[0]) is not list:  # noqa: PLR2004
        _refuse("the header lacks its two parts")
    lengths, body = parsed
    if not all(type(length) is int and length >= 0 for length in lengths) or sum(lengths) > MAX_BUFFERS:
        _refuse("the buffers are too large")
    return lengths, body


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) != 1:
        _refuse("an object must have exactly one tag")
    return dict(pairs)


def decode(body: Any, buffers: list[bytearray]) -> Any:
    """Rebuild the data from a packed body and its buffers.

    Raises:
        WireError: an unknown tag, a dtype that may not cross, a size that does not fit, a buffer left over.

    """
    waiting = list(reversed(buffers))
    value = _unpack(body, waiting, 0)
    if waiting:
        _refuse("a buffer belongs to nothing")
    return value


def _unpack(packed: Any, waiting: list[bytearray], depth: int) -> Any:
    if depth > 2 * MAX_DEPTH:
        _refuse("the value is nested too deeply")
    if type(packed) in _PLAIN:
        return packed
    if type(packed) is list:
        return [_unpack(item, waiting, depth + 1) for item in packed]
    if type(packed) is not dict:
        return packed
    ((tag, content),) = packed.items()
    if tag in ("a", "x"):
        return _unpack_array(tag, content, waiting)
    return _unpack_tagged(tag, content, waiting, depth)


def _unpack_tagged(tag: str, content: Any, waiting: list[bytearray], depth: int) -> Any:
    if tag == "t" and type(content) is list:
        return tuple(_unpack(item, waiting, depth + 1) for item in content)
    if tag == "d" and type(content) is list:
        return _unpack_dict(content, waiting, depth)
    if tag == "f" and type(content) is str and content in SPECIAL_FLOATS:
        return SPECIAL_FLOATS[content]
    if tag == "r" and type(content) is int and content >= 0:
        return Reference(content)
    return _refuse("an object has a tag that we do not know")


def _unpack_dict(content: list[Any], waiting: list[bytearray], depth: int) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for pair in content:
        if type(pair) is not list or len(pair) != 2:  # noqa: PLR2004
            _refuse("a dict must be made of pairs")
        key, value = (_unpack(part, waiting, depth + 1) for part in pair)
        if not _hashable(key) or key in result:
            _refuse("a dict has a key that is repeated or cannot be one")
        result[key] = value
    return result


def _hashable(key: Any) -> bool:
    if type(key) is tuple:
        return all(_hashable(part) for part in key)
    return key is None or type(key) in (bool, int, float, str)


def _unpack_array(tag: str, content: Any, waiting: list[bytearray]) -> Any:
    if type(content) is not list or len(content) != 2 or not waiting:  # noqa: PLR2004
        _refuse("an array lacks its dtype, its shape or its bytes")
    name, shape = content
    allowed = ARRAY_NAMES if tag == "a" else TENSOR_DTYPES
    if type(name) is not str or name not in allowed or type(shape) is not list or len(shape) > MAX_AXES:
        _refuse("an array has a dtype or a shape that may not cross")
    if not all(type(length) is int and 0 <= length <= MAX_BUFFERS for length in shape):
        _refuse("an array has a shape that may not cross")
    dtype, buffer = np.dtype(name), waiting.pop()
    if math.prod(shape) * dtype.itemsize != len(buffer):
        _refuse("an array's bytes do not fill its shape")
    array = np.frombuffer(buffer, dtype).reshape(shape)
    if name == "bool":  # a byte other than 0 and 1 is no bool, and would compare as neither
        array = np.asarray(array.view(np.uint8) != 0)
    return array if tag == "a" else _tensor(array)


def _tensor(array: np.ndarray) -> Any:
    import torch  # noqa: PLC0415 - seconds to import, and only some chapters need it

    return torch.from_numpy(array.copy() if array.size == 0 else array)


def _refuse(reason: str) -> NoReturn:
    raise WireError(reason)


_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False)
_DECODER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_single)


if sys.byteorder != "little":  # pragma: no cover
    message = "the wire carries little-endian arrays"
    raise ImportError(message)
