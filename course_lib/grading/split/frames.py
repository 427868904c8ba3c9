"""Plain data in files: the frames of the wire between judge and worker, one after the other, never pickle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from course_lib.grading.sandbox import wire


def write_frames(path: Path, messages: Iterable[Any]) -> None:
    """Write messages into a file.

    Raises:
        WireError: a message is too large for a frame.

    """
    with path.open("wb") as file:
        for message in messages:
            file.writelines(wire.encode(message))


def read_frames(content: bytes) -> Iterator[Any]:
    """Yield the messages of a file.

    Raises:
        WireError: the bytes are no frames.

    """
    source = _Source(content)
    while source.rest:
        length = wire.parse_prefix(source.take(wire.PREFIX.size))
        frame = wire.Incoming(source.take(length))
        for room in frame.rooms:
            room[:] = source.take(len(room))
        yield frame.value()


class _Source:
    """Bytes that are taken from the front."""

    def __init__(self, content: bytes):
        self._content = memoryview(content)
        self._position = 0

    @property
    def rest(self) -> int:
        return len(self._content) - self._position

    def take(self, length: int) -> bytes:
        if length > self.rest:
            raise wire.WireError("the file ends within a frame")
        self._position += length
        return bytes(self._content[self._position - length : self._position])
