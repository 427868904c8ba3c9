"""One end of the wire: frames over two pipes, with deadlines by the monotonic clock."""

from __future__ import annotations

import os
import select
import time
from typing import Any

from course_lib.grading.sandbox import wire

AHEAD = 2**16  # bytes taken beside those that are waited for: small frames come in one piece
MAX_PARTS = 512  # of one write; Linux and macOS take 1024


class ChannelClosed(Exception):
    """The other end is gone."""


class ChannelTimeout(Exception):
    """The deadline passed."""


class Channel:
    """Sends and receives frames.

    Args:
        incoming: descriptor to read from.
        outgoing: descriptor to write to; one that does not block, where deadlines must hold.

    """

    def __init__(self, incoming: int, outgoing: int):
        self.incoming = incoming
        self.outgoing = outgoing
        self._reader = select.poll()
        self._reader.register(incoming, select.POLLIN)
        self._writer = select.poll()
        self._writer.register(outgoing, select.POLLOUT)
        self._ahead = b""
        self._spare = bytearray(AHEAD)

    def send(self, message: Any, deadline: float | None = None) -> None:
        """Write one frame, at one go where the pipe has room: each further write may wake the reader in vain.

        Args:
            message: plain data.
            deadline: on `time.monotonic()`'s scale; None waits for ever.

        """
        parts = [memoryview(part) for part in wire.encode(message)]
        while parts:
            try:
                parts = _after(parts, os.writev(self.outgoing, parts[:MAX_PARTS]))
            except BlockingIOError:  # the pipe is full
                _wait(self._writer, deadline)
            except BrokenPipeError:
                raise ChannelClosed from None

    def receive(self, deadline: float | None = None) -> Any:
        """Read one frame and return its data.

        Raises:
            WireError: the bytes are not a frame.
            ChannelClosed: the other end is gone.
            ChannelTimeout: the frame was not complete by the deadline.

        """
        length = wire.parse_prefix(bytes(self._read(wire.PREFIX.size, deadline)))
        frame = wire.Incoming(bytes(self._read(length, deadline)))
        for room in frame.rooms:
            self._fill(room, deadline)
        return frame.value()

    def refuse_surplus(self) -> None:
        """Refuse bytes that wait although nobody asked for them.

        Raises:
            WireError: there are some.

        """
        if self._ahead or self._reader.poll(0):
            message = "bytes came that nobody asked for"
            raise wire.WireError(message)

    def close(self) -> None:
        """Close both descriptors."""
        os.close(self.incoming)
        os.close(self.outgoing)

    def _read(self, length: int, deadline: float | None) -> bytearray:
        data = bytearray(length)
        self._fill(memoryview(data), deadline)
        return data

    def _fill(self, view: memoryview, deadline: float | None) -> None:
        """Read as many bytes as there is room for."""
        length, position = len(view), min(len(view), len(self._ahead))
        view[:position], self._ahead = self._ahead[:position], self._ahead[position:]
        while position < length:
            _wait(self._reader, deadline)
            try:
                count = os.readv(self.incoming, [view[position:], self._spare])
            except BlockingIOError:  # student code made the descriptor non-blocking
                continue
            if count == 0:
                raise ChannelClosed
            surplus = max(0, position + count - length)
            self._ahead = bytes(self._spare[:surplus])
            position += count - surplus


def _after(parts: list[memoryview], count: int) -> list[memoryview]:
    """Return what is left of parts after their first `count` bytes."""
    for number, part in enumerate(parts):
        if count < part.nbytes:
            return [part[count:], *parts[number + 1 :]]
        count -= part.nbytes
    return []


def _wait(poller: select.poll, deadline: float | None) -> None:
    if deadline is None:
        poller.poll()
        return
    remaining = deadline - time.monotonic()
    if remaining <= 0 or not poller.poll(remaining * 1000):
        raise ChannelTimeout
