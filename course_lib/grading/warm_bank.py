"""One warm worker for the bank: it holds the reference, and a wrong answer on top for as long as it is asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from course_lib.authoring.source import ChapterSource
from course_lib.grading.healing import CodeCell
from course_lib.grading.session import Clock, Session

MAX_REMEMBERED = 1000  # answers: those to some twenty submissions, and to what all of them are asked


class Latest(OrderedDict[bytes, Any]):
    """Keeps what was written or read last, and forgets what was not asked for the longest.

    Args:
        most: how many it keeps, so that a class of any size needs the same memory.

    """

    def __init__(self, most: int):
        super().__init__()
        self._most = most

    def __getitem__(self, key: bytes) -> Any:
        """Return what is kept under a key."""
        self.move_to_end(key)
        return super().__getitem__(key)

    def __setitem__(self, key: bytes, value: Any) -> None:
        """Keep something, in place of the oldest where there is no room."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._most:
            del self[next(iter(self))]


class WarmBank:
    """Gives sessions of the reference with other code for one exercise, all in one worker.

    Args:
        open_session: opens a session on some code.
        seconds: the total time of one wrong answer.

    Attributes:
        known: what wrong answers gave before (see `replay.Memory`).

    """

    def __init__(self, open_session: Callable[[tuple[CodeCell, ...], Clock], Session], seconds: float):
        self._open_session = open_session
        self._seconds = seconds
        self._source: ChapterSource | None = None
        self._session: Session | None = None
        self.known: dict[bytes, Any] = Latest(MAX_REMEMBERED)

    def session_of(self, source: ChapterSource, slug: str, code: str) -> Session:
        """Return the session with `code` on top of the reference of an exercise; it lasts until the next call."""
        clock = Clock(self._seconds)
        if self._session is None or self._source != source:
            self.close()
            self._source, self._session = source, self._open_session(reference_cells(source), clock)
        self._session.start_again(clock)
        self._session.overlay(CodeCell(slug, code))
        return self._session

    def close(self) -> None:
        """End the worker."""
        if self._session is not None:
            self._session.close()
            self._session = None


def reference_cells(source: ChapterSource, replacing: dict[str, str] | None = None) -> tuple[CodeCell, ...]:
    """Return the chapter's reference as cells, some solutions replaced by other code."""
    code = {slug: source.reference(slug) for slug in source.code_slugs} | (replacing or {})
    return (CodeCell("setup", source.setup), *(CodeCell(slug, text, frozenset({slug})) for slug, text in code.items()))
