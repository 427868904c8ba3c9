"""What is wrong with the source of a chapter: where, what, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Problem(NamedTuple):
    """One thing that is wrong, at a line of a source file (counted from 1)."""

    line: int
    wrong: str
    remedy: str


class AuthoringError(ValueError):
    """What an author asked for cannot be done; the message says why, and what to do."""


class ReleaseError(AuthoringError):
    """A release could not be made. The last release is untouched."""


class ScaffoldError(AuthoringError):
    """An exercise could not be created. Nothing was changed."""


class SourceError(AuthoringError):
    """The source of a chapter breaks rules; the message has one line for each, ``file:line: what is wrong: remedy``.

    Attributes:
        path: The file.
        problems: Everything that is wrong with it, in the order of its lines.
    """

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        """Put the problems into one message."""
        self.path = path
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(f"{path}:{line}: {wrong}: {remedy}" for line, wrong, remedy in self.problems))
