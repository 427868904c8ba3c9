"""Frames over real pipes: many at once, large ones, and what comes unasked."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from course_lib.grading.sandbox.channel import AHEAD, MAX_PARTS, Channel, ChannelClosed, ChannelTimeout
from course_lib.grading.sandbox.wire import WireError


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Two ends of one connection; the first one does not block when it writes, as the judge's."""
    (to_right, from_left), (to_left, from_right) = os.pipe(), os.pipe()
    os.set_blocking(from_left, False)
    left, right = Channel(to_left, from_left), Channel(to_right, from_right)
    yield left, right
    for channel in (left, right):
        channel.close()


def soon() -> float:
    """Return a deadline that no healthy pipe needs."""
    return time.monotonic() + 5.0


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(np.arange(float(AHEAD)), id="larger than the pipe"),
        pytest.param([np.full(2, float(number)) for number in range(2 * MAX_PARTS + 3)], id="many arrays"),
        pytest.param([np.zeros(0), np.ones(1), np.zeros(0)], id="empty arrays"),
    ],
)
def test_a_frame_arrives_whole(ends: tuple[Channel, Channel], message: Any) -> None:
    """Also where the pipe takes it in pieces only."""
    left, right = ends
    got: list[Any] = []
    reader = threading.Thread(target=lambda: got.append(right.receive(soon())))
    reader.start()
    left.send(message, soon())
    reader.join()

    np.testing.assert_equal(got[0], message)


def test_frames_that_came_together_are_told_apart(ends: tuple[Channel, Channel]) -> None:
    """Bytes of the next frame that were read with the last one are kept for it."""
    left, right = ends
    for number in range(3):
        left.send([number, np.arange(number)], soon())

    assert [right.receive(soon())[0] for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize("read_first", [False, True], ids=["waiting in the pipe", "read with the answer"])
def test_what_nobody_asked_for_is_refused(ends: tuple[Channel, Channel], *, read_first: bool) -> None:
    """A second answer behind the first one is no answer to the next question."""
    left, right = ends
    left.send("first", soon())
    if read_first:
        left.send("second", soon())
        assert right.receive(soon()) == "first"

    with pytest.raises(WireError, match="nobody asked for"):
        right.refuse_surplus()


def test_a_reader_that_does_not_read_costs_the_deadline(ends: tuple[Channel, Channel]) -> None:
    """A full pipe does not hold the judge up for ever."""
    left, _ = ends
    with pytest.raises(ChannelTimeout):
        left.send(np.zeros(2**20), time.monotonic() + 0.05)


def test_an_end_that_is_gone_is_told(ends: tuple[Channel, Channel]) -> None:
    """Nothing more can come from it."""
    left, right = ends
    os.close(left.outgoing)
    left.outgoing = os.dup(right.incoming)

    with pytest.raises(ChannelClosed):
        right.receive(soon())
