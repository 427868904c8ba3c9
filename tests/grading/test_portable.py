"""What crosses the boundary as data, and what stays behind a reference."""

from __future__ import annotations

from collections import OrderedDict, namedtuple
from fractions import Fraction

import numpy as np
import pytest
import torch

from course_lib.grading.portable import Reference, export, substitute

Pair = namedtuple("Pair", "a b")  # noqa: PYI024 - the untyped kind is what students write


class Text(str):
    """A subclass of a plain type."""

    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2.5, "x", [1, (2, {"a": 3})], {(1, "a"): [None]}, {1: 2}, float("inf")],
)
def test_plain_data_crosses_as_it_is(value: object) -> None:
    """Exact builtin types, nested, are data."""
    assert export(value, lambda _: pytest.fail("kept")) == value


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(0.5), 0.5),
        (np.int32(3), 3),
        (np.bool_(1), True),
        (OrderedDict(a=1), {"a": 1}),
        ({np.int64(1): 2}, {1: 2}),
    ],
)
def test_numpy_scalars_and_ordered_dicts_become_builtin(value: object, plain: object) -> None:
    """They arrive as the builtin type that they stand for."""
    result = export(value, lambda _: pytest.fail("kept"))

    assert result == plain
    assert type(result) is type(plain)


@pytest.mark.parametrize(
    "value",
    [
        *(Text("x"), Pair(1, 2), {1, 2}, b"x", 1j, Fraction(1, 2), object(), range(3), 1 << 2000),
        *(np.array([object()]), np.ma.masked_array([1.0]), np.array(["a"]), np.datetime64("2026-01-01")),
        torch.ones(2).to_sparse(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_stays(value: object) -> None:
    """What is no plain data is kept, and a reference crosses."""
    assert export([value], lambda _: Reference(7)) == [Reference(7)]


def test_a_tensor_crosses_detached_and_copied() -> None:
    """A parameter arrives as a base tensor without its graph, and writing to it changes nothing here."""
    parameter = torch.nn.Parameter(torch.ones(2))
    result = export(parameter, lambda _: pytest.fail("kept"))
    result[0] = 5

    assert type(result) is torch.Tensor
    assert not result.requires_grad
    assert parameter[0] == 1


def test_an_array_crosses_as_a_copy() -> None:
    """A function that changes its argument changes a copy."""
    array = np.ones((2, 3)).T
    result = export({"a": array}, lambda _: pytest.fail("kept"))["a"]
    result[:] = 0

    assert array.sum() == 6


def test_a_list_that_contains_itself_does_not_hang() -> None:
    """Nesting beyond the limit is kept as an object."""
    endless: list[object] = []
    endless.append(endless)

    assert "Reference" in str(export(endless, lambda _: Reference(0)))


def test_substitute_finds_references_at_any_depth() -> None:
    """References are replaced inside lists, tuples and dicts."""
    assert substitute({"a": [(Reference(1), 2)]}, lambda r: r.number * 10) == {"a": [(10, 2)]}
