"""What came of a question, as plain data between two jobs: a result, an error, or nothing since it was not put.

Whoever reads it believes no more than that a worker may have said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.grading.errors import (
    StudentBlocked,
    StudentCrash,
    StudentError,
    StudentMemory,
    StudentTimeout,
)

KINDS = {kind.__name__: kind for kind in (StudentError, StudentTimeout, StudentMemory, StudentBlocked, StudentCrash)}
MAX_TYPES, MAX_NAME, MAX_TEXT = 100, 200, 2000
FIELDS = {"kind", "types", "message", "cell", "line"}


class MalformedError(ValueError):
    """Data that no honest run writes."""


def pack_error(error: StudentError) -> dict[str, Any]:
    """Return an error as data."""
    return {
        "kind": type(error).__name__,
        "types": [name[:MAX_NAME] for name in error.types[:MAX_TYPES]],
        "message": error.message[:MAX_TEXT],
        "cell": error.cell,
        "line": error.line,
    }


def read_error(data: Any) -> StudentError:
    """Return the error that data describes.

    Raises:
        MalformedError: it describes none.

    """
    demand(type(data) is dict and data.keys() == FIELDS, "an error")
    kind, types, message, cell, line = (data[name] for name in ("kind", "types", "message", "cell", "line"))
    demand(type(kind) is str and kind in KINDS, "the kind of an error")
    demand(type(types) is list and len(types) <= MAX_TYPES, "an error's classes")
    demand(all(type(name) is str and len(name) <= MAX_NAME for name in types), "an error's classes")
    demand(type(message) is str and len(message) <= MAX_TEXT, "an error's text")
    demand(cell is None or type(cell) is str, "an error's cell")
    demand(line is None or type(line) is int, "an error's line")
    return KINDS[kind](tuple(types), message, cell, line)


def pack_outcome(answer: Any) -> dict[str, Any]:
    """Return an answer as data: an error, the result in a tuple of one, or None."""
    if isinstance(answer, StudentError):
        return {"error": pack_error(answer)}
    return {} if answer is None else {"value": answer[0]}


def read_outcome(data: Any) -> Any:
    """Return the answer that data describes (see `pack_outcome`).

    Raises:
        MalformedError: it describes none.

    """
    demand(type(data) is dict and (not data or data.keys() in ({"error"}, {"value"})), "an answer")
    if "error" in data:
        return read_error(data["error"])
    return (data["value"],) if data else None


def demand(condition: object, what: str) -> None:
    """Refuse what does not have the form that we write.

    Raises:
        MalformedError: the condition does not hold.

    """
    if not condition:
        raise MalformedError(f"{what} does not have the form that it must have")


def next_of(messages: Iterator[Any]) -> Any:
    """Return the next message of a file.

    Raises:
        MalformedError: there is none.

    """
    try:
        return next(messages)
    except StopIteration:
        raise MalformedError("the file ends too early") from None
