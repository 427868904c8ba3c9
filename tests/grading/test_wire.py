"""The wire: everything comes back as it was sent, and nothing hostile comes through."""

from __future__ import annotations

import json
import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_lib.grading.portable import Reference
from course_lib.grading.sandbox import wire

scalars = st.none() | st.booleans() | st.integers(-(2**1000), 2**1000) | st.floats() | st.text()
keys = st.text() | st.integers() | st.booleans() | st.none() | st.tuples(st.integers(), st.text())
arrays = hnp.arrays(
    st.sampled_from(sorted(wire.ARRAY_NAMES)).map(np.dtype), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0)
)
values = st.recursive(
    scalars | arrays | st.builds(Reference, st.integers(0, 2**31)),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(keys, inner),
    max_leaves=12,
)


def send(value: Any) -> Any:
    """Send a value over the wire without a pipe."""
    return receive(b"".join(bytes(part) for part in wire.encode(value)))


def receive(frame: bytes) -> Any:
    """Decode one frame as a channel does."""
    length = wire.parse_prefix(frame[: wire.PREFIX.size])
    position = wire.PREFIX.size + length
    opened = wire.Incoming(frame[wire.PREFIX.size : position])
    for room in opened.rooms:
        sent = frame[position : position + len(room)]
        room[: len(sent)] = sent
        position += len(room)
    return opened.value()


def frame_of(header: Any, buffers: bytes = b"") -> bytes:
    """Build a frame from a header given as data or as text."""
    text = (header if isinstance(header, str) else json.dumps(header)).encode()
    return wire.PREFIX.pack(wire.MAGIC, len(text)) + text + buffers


def alike(left: Any, right: Any) -> bool:
    """Compare exactly, with types, NaN equal to NaN."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, dict):
        return len(left) == len(right) and all(alike(left[key], right[key]) for key in left)
    return left == right or (isinstance(left, float) and math.isnan(left) and math.isnan(right))


@given(values)
def test_every_value_comes_back(value: Any) -> None:
    """What is encoded is decoded to the same value of the same type."""
    assert alike(send(value), value)


@given(st.lists(st.floats(), min_size=wire.LONG - 1, max_size=wire.LONG + 1))
def test_long_lists_of_floats_come_back_as_lists(numbers: list[float]) -> None:
    """They cross as an array does, which nobody sees: also inside other values, with NaN and infinity."""
    assert alike(send(numbers), numbers)
    assert alike(send({"loss": (numbers, numbers)}), {"loss": (numbers, numbers)})
    assert alike(send([*numbers, 1]), [*numbers, 1])
    assert (len(wire.encode(numbers)) > 1) == (len(numbers) >= wire.LONG)


def test_no_more_floats_cross_in_lists_than_parts_of_a_header() -> None:
    """As objects they take four times the room of their bytes; sender and receiver say so alike."""
    half = [0.5] * (wire.MAX_NODES // 2)
    assert send([half, half]) == [half, half]
    with pytest.raises(wire.WireError, match="too large to cross"):
        wire.encode([half, half, half])

    lengths, body = [8 * len(half)] * 3, [{"l": len(half)}] * 3
    with pytest.raises(wire.WireError, match="a length that may not cross"):
        receive(frame_of([lengths, body]))


@pytest.mark.parametrize("dtype", sorted(wire.TENSOR_DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (2, 3)])
def test_tensors_come_back(dtype: str, shape: tuple[int, ...]) -> None:
    """Tensors of every allowed dtype and shape arrive as base tensors."""
    tensor = torch.ones(shape, dtype=getattr(torch, dtype))
    result = send(tensor)

    assert type(result) is torch.Tensor
    assert result.dtype == tensor.dtype
    assert torch.equal(result, tensor)


@settings(max_examples=500)
@given(st.binary(max_size=300))
def test_random_bytes_never_crash_the_decoder(data: bytes) -> None:
    """Any bytes are either a frame or a WireError."""
    with pytest.raises(wire.WireError):
        receive(wire.PREFIX.pack(wire.MAGIC, max(len(data), 1)) + data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("tdaxlfrq"), inner, max_size=2),
    max_leaves=20,
)


@settings(max_examples=500)
@given(st.lists(st.integers(-1, 64), max_size=3), json_values, st.binary(max_size=64))
def test_random_headers_never_crash_the_decoder(lengths: list[int], body: Any, buffers: bytes) -> None:
    """Any JSON in the header is either plain data or a WireError."""
    try:
        receive(frame_of([lengths, body], buffers))
    except wire.WireError:
        return


@pytest.mark.parametrize(
    "header",
    [
        "[[], NaN]",
        "[[], Infinity]",
        '[[], {"t": [], "t": []}]',
        '[[], {"t": [], "d": []}]',
        "[[], {}]",
        '[[], {"q": 1}]',
        '[[], {"f": "1e5"}]',
        '[[], {"r": -1}]',
        '[[], {"r": true}]',
        '[[], {"d": [[1, 2], [1, 3]]}]',
        '[[], {"d": [[[1], 2]]}]',
        '[[], {"d": [[1]]}]',
        '[[], {"a": ["float64", [1]]}]',
        '[[8], {"a": ["object", [1]]}]',
        '[[8], {"a": ["float64", [2]]}]',
        '[[8], {"a": ["float64", [-1]]}]',
        '[[8], {"a": ["float64", [1.0]]}]',
        '[[8], {"a": [["float64"], [1]]}]',
        '[[8], {"x": ["complex64", [1]]}]',
        '[[8], {"l": 1}]',
        '[[256], {"l": 33}]',
        '[[256], {"l": 32.0}]',
        '[[], {"l": 32}]',
        '[[256], {"l": true}]',
        '[[256], {"l": [32]}]',
        '[[256], {"d": [[{"l": 32}, 1]]}]',
        '[[8], {"a": ["float64", [18446744073709551617]]}]',
        '[[0], {"a": ["float64", [0, 99999999999]]}]',
        "[[8], 1]",
        "[[-1], 1]",
        "[[true], 1]",
        '[["8"], 1]',
        "[1]",
        "{}",
        "[[], 1, 2]",
        "[[], " + "9" * 5000 + "]",
        "[" * 100_000,
        "[[]," + "[" * 500 + "]" * 500 + "]",
    ],
)
def test_hostile_headers_are_refused(header: str) -> None:
    """Each way of breaking the format is a WireError."""
    with pytest.raises(wire.WireError):
        receive(frame_of(header, b"\0" * 8))


@pytest.mark.parametrize("tag", ["a", "x"])
def test_a_bool_is_true_or_false(tag: str) -> None:
    """A byte that is neither 0 nor 1 would compare as neither."""
    value = receive(frame_of([[3], {tag: ["bool", [3]]}], b"\0\1\7"))

    assert bytes(memoryview(np.asarray(value)).cast("B")) == b"\0\1\1"


def test_a_wide_value_is_not_a_deep_one() -> None:
    """What lies side by side is not nested: only depth is refused."""
    value = [[[0.5, math.inf], np.zeros(2)] for _ in range(50)]

    assert alike(send(value), value)


@pytest.mark.parametrize("prefix", [b"CW2\n\0\0\0\1", b"CW1\n\0\0\0\0", b"CW1\n\xff\xff\xff\xff", b"\0" * 8])
def test_a_wrong_beginning_is_refused(prefix: bytes) -> None:
    """Magic and length of the header are checked first."""
    with pytest.raises(wire.WireError):
        wire.parse_prefix(prefix)


TWICE = f'[[{2 * wire.MAX_BUFFERS}], {{"a": ["uint8", [{wire.MAX_BUFFERS}, 2]]}}]'  # twice what may cross


@pytest.mark.parametrize("header", ["[[999999999999], 1]", "[[], [" + "1," * 600_000 + "1]]", TWICE])
def test_nothing_large_is_allocated_for_a_lie(header: str) -> None:
    """Sizes are checked before anything is allocated."""
    data = frame_of(header)
    tracemalloc.start()
    with pytest.raises(wire.WireError):
        receive(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 * len(data) + 2**20


def test_too_large_a_value_is_refused_by_the_sender() -> None:
    """The encoder holds the same cap, so that honest code hears of it."""
    with pytest.raises(wire.WireError, match="too large"):
        wire.encode(np.zeros(wire.MAX_BUFFERS // 8 + 1))
